using System.Net;
using System.Reflection;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Providers.Contract;
using McpI2V.Settings;

namespace McpI2V.Tests;

/// <summary>docs/models.md is written of the types that rows are read to, and of what their members' summaries say.</summary>
public sealed partial class ModelsPage
{
    [Fact]
    public void The_page_says_what_a_row_may_hold()
    {
        var now = Page();
        var page = Path.Combine(Root, "docs", "models.md");
        if (Environment.GetEnvironmentVariable("I2V_ACCEPT") == "1")
        {
            File.WriteAllText(page, now);
        }

        Assert.Equal(File.ReadAllText(page), now);
    }

    [Fact]
    public void The_rows_of_the_program_hold_no_word_that_nobody_reads()
    {
        foreach (var models in Sources())
        {
            var own = models.OwnWords?.Properties.Select(p => p.Name).ToHashSet(StringComparer.Ordinal) ?? [];
            foreach (var row in models.Rows())
            {
                var wires = new[] { row.Wire }.Concat(row.Wire?.ByCapability?.Values ?? []).OfType<WireMapping>();
                Assert.All(wires.SelectMany(w => w.Own ?? []), word => Assert.Contains(word.Key, own));
                Assert.All(wires, w => JsonSerializer.Deserialize(w.Own ?? [], models.OwnWords ?? JsonTypeInfoOfNothing));
            }
        }
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo JsonTypeInfoOfNothing =>
        JsonSerializerOptions.Default.GetTypeInfo(typeof(JsonObject));

    private static string Root => Path.Combine(Folder(), "..", "..");

    private static string Page()
    {
        var page = new StringBuilder(
            """
            # Models of your own

            A row in `models.json`, in the library's folder, adds a model or takes the place of the program's row with the same id; the server
            reads the file when it starts. A word that is not on this page is refused, with the word that was probably meant. Comments are
            allowed. Written by `ModelsPage` with `I2V_ACCEPT=1`.

            ```json
            {
              "models": [
                {
                  "id": "fal:somebody/their-model", "alias": "theirs", "provider": "fal", "kinds": ["image_to_video"], "frames": ["first", "last"],
                  "durations_seconds": {"min": 5, "max": 10, "only": [5, 10]}, "resolutions": ["720p", "1080p"], "aspect_ratios": ["source"],
                  "price": {"unit": "second", "usd": 0.1, "rates": [{"resolution": "1080p", "usd": 0.2}]},
                  "wire": {"prompt": "prompt", "image": "frames[0].url", "end": "frames[1].url", "duration": "duration", "duration_as": "text_s"}
                }
              ]
            }
            ```

            """);
        Table(page, "A row", "", typeof(ModelEntry));
        Table(page, "durations_seconds", "", typeof(DurationRange));
        Table(page, "inputs", "", typeof(InputLimits));
        Table(page, "price", "", typeof(Price));
        Table(page, "price.rates", "", typeof(PriceRate));
        Table(
            page,
            "wire",
            """
            Where in the request's body each part of an order stands, and how it is spelt; what is not named is not sent. A place is a path: names
            joined by dots, a place in a list in brackets (`prompt`, `video.start_frame.url`, `keyframes[0].url`). Gemini and OpenAI write their
            requests themselves and read only `resolution_values`, `quality_values` and words of their own.

            """,
            typeof(WireMapping));
        foreach (var models in Sources().Where(m => m.OwnWords is not null).GroupBy(m => m.OwnWords!.Type))
        {
            Table(page, $"wire, for {string.Join(", ", models.Select(m => m.Provider))} only", "", models.Key);
        }
        return page.ToString();
    }

    private static IEnumerable<IModelSource> Sources() => KnownProviders.All.Select(
        p => p.Create(new ProviderOptions { Name = p.Name, KeyVariable = p.KeyVariable }, TimeProvider.System).Models);

    private static void Table(StringBuilder page, string title, string before, Type type)
    {
        var summaries = Summaries(type);
        page.Append($"\n## {title}\n\n{before}{(before.Length > 0 ? "\n" : "")}");
        page.Append("| word | what it says | written as |\n| --- | --- | --- |\n");
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(IsWord))
        {
            var word = property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name
                ?? Spelt(property.Name);
            var isRequired = property.IsDefined(typeof(System.Runtime.CompilerServices.RequiredMemberAttribute));
            var name = $"`{word}`{(isRequired ? " (required)" : "")}";
            page.Append($"| {name} | {summaries[property.Name]} | {Written(property.PropertyType)} |\n");
        }
    }

    private static bool IsWord(PropertyInfo property) => property.CanWrite
        && !property.IsDefined(typeof(JsonIgnoreAttribute))
        && !property.IsDefined(typeof(JsonExtensionDataAttribute));

    private static string Written(Type type)
    {
        var plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(WirePath) => "place",
            _ when plain == typeof(string) => "text",
            _ when plain == typeof(bool) => "`true` or `false`",
            _ when plain == typeof(int) || plain == typeof(long) => "whole number",
            _ when plain == typeof(double) || plain == typeof(decimal) => "number",
            { IsEnum: true } => string.Join(", ", Enum.GetNames(plain).Select(n => $"`{Spelt(n)}`")),
            { IsArray: true } => $"list of: {Written(plain.GetElementType()!)}",
            _ => "object",
        };
    }

    private static string Spelt(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    // Of a member's own summary, or of a constructor's parameter; a folder's file is named after its type.
    private static Dictionary<string, string> Summaries(Type type)
    {
        var file = Directory.EnumerateFiles(Path.Combine(Root, "src"), type.Name + ".cs", SearchOption.AllDirectories).Single();
        var text = LineOfComment().Replace(File.ReadAllText(file).ReplaceLineEndings("\n"), " ");
        return OfMembers().Matches(text).Concat(OfParameters().Matches(text)).ToDictionary(
            m => m.Groups["name"].Value,
            m => WebUtility.HtmlDecode(Code().Replace(m.Groups["said"].Value.Trim(), "`")).Replace("|", "\\|", StringComparison.Ordinal));
    }

    private static string Folder([System.Runtime.CompilerServices.CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    [GeneratedRegex(@"\s*\n\s*/// ?")]
    private static partial Regex LineOfComment();

    [GeneratedRegex(
        @"<summary>(?<said>(?:(?!</summary>).)*)</summary>\s*(?:\[[^\n]*\]\s*)*public (?:required )?[^\n(]*?(?<name>\w+) \{ get")]
    private static partial Regex OfMembers();

    [GeneratedRegex("<param name=\"(?<name>\\w+)\">(?<said>(?:(?!</param>).)*)</param>")]
    private static partial Regex OfParameters();

    [GeneratedRegex("</?c>")]
    private static partial Regex Code();
}
