using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Media;

namespace McpI2V.Engine.Editing;

/// <summary>Recipes in words, numbered as they are changed: <c>1 trim 0-4 s; 2 text "Glow, bottled." top; 3 fade out 1 s</c>.</summary>
public static class RecipeWords
{
    /// <summary>The cues that are told one by one; of more, only how many there are.</summary>
    public const int FewCues = 6;

    private const int LongestText = 80;
    private const string Seconds = "_seconds";
    private static readonly string[] Times = ["start" + Seconds, "end" + Seconds];
    private static readonly string[] Quoted = ["text"];

    /// <summary>A recipe in a line; empty for one without steps.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="mostCues">The most cues that are told one by one.</param>
    public static string Of(JsonArray recipe, int mostCues = FewCues) =>
        string.Join("; ", recipe.Select((step, i) => string.Create(CultureInfo.InvariantCulture, $"{i + 1} {OfStep(step!, mostCues)}")));

    /// <summary>A step in words.</summary>
    public static string OfStep(JsonNode step, int mostCues = FewCues)
    {
        var members = step.AsObject();
        var name = members["op"]!.ToString();
        List<string> words = [name.Replace('_', ' ')];
        if (name == "trim")
        {
            words.Add(Span(members));
        }
        words.AddRange(members.Where(m => m.Key != "op" && !Times.Contains(m.Key)).Select(m => Member(m.Key, m.Value, mostCues)));
        if (name != "trim")
        {
            words.Add(Span(members));
        }
        return string.Join(' ', words.Where(w => w.Length > 0));
    }

    private static string Member(string name, JsonNode? value, int mostCues) => value switch
    {
        null => "",
        JsonArray list when name == "cues" => Cues(list, mostCues),
        JsonArray list => string.Join(", ", list.Select(i => ForeignText.Line(i?.ToString(), LongestText))),
        JsonValue v when v.TryGetValue<bool>(out var flag) => flag ? name.Replace('_', ' ') : "",
        JsonValue when Quoted.Contains(name) => ForeignText.Quote(value.ToString(), LongestText),
        JsonValue when Number(value) is { } number => name.EndsWith(Seconds, StringComparison.Ordinal)
            ? $"{name[..^Seconds.Length].Replace('_', ' ')} {Shown(number)} s"
            : $"{name.Replace('_', ' ')} {Shown(number)}",
        _ => ForeignText.Line(value.ToString(), LongestText),
    };

    private static string Cues(JsonArray cues, int most)
    {
        var all = cues.Count == 1 ? "1 cue" : string.Create(CultureInfo.InvariantCulture, $"{cues.Count} cues");
        return cues.Count > most
            ? all
            : $"{all} ({string.Join(", ", cues.Select(c => $"{Span(c!.AsObject())} {ForeignText.Quote(c["text"]?.ToString(), 300)}"))})";
    }

    private static string Span(JsonObject members)
    {
        var (start, end) = (Number(members[Times[0]]), Number(members[Times[1]]));
        return (start ?? 0, end) switch
        {
            (0, null) => "",
            ( >= 0 and var from, >= 0 and var to) => $"{Shown(from)}-{Shown(to)} s",
            (< 0 and var from, null) => $"the last {Shown(-from)} s",
            (var from, null) => $"from {Moment(from)}",
            (var from, var to) => $"from {Moment(from)} to {Moment(to!.Value)}",
        };
    }

    private static string Moment(double at) => at < 0 ? $"{Shown(-at)} s before the end" : $"{Shown(at)} s";

    // A number that was written as a text is read as one.
    private static double? Number(JsonNode? value) =>
        value is JsonValue && double.TryParse(value.ToString(), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string Shown(double value) => value.ToString("0.###", CultureInfo.InvariantCulture);
}
