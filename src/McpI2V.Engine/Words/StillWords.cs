using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Words;

/// <summary>What the free still did of a call: what is typed, never its words.</summary>
public sealed class StillWords(OtherWays others)
{
    private const string Options =
        "look (natural, warm, cool, punchy, soft, mono, golden, teal_orange, film, noir, pastel, clean), exposure, contrast, highlights, " +
        "shadows, saturation, vibrance, temperature, tint, grain, vignette, lut, zoom, focus_x, focus_y, fit, cutout, backdrop, " +
        "cutout_height, cutout_x, cutout_y, shadow, reflection, text, text_position, text_style";

    /// <summary>What stands first in the answer.</summary>
    /// <param name="still">The request, for the embedded engine.</param>
    /// <param name="pictures">What goes in.</param>
    /// <exception cref="I2VException">Nothing that is typed changes anything, and the words ask for something.</exception>
    public IReadOnlyList<string> Foremost(StillRequest still, IReadOnlyList<Asset> pictures) => still.Count == 1
        ? OfWords(still, pictures)
        : [.. OfWords(still, pictures), $"One still, not {still.Count}: local:still makes the same picture of the same call every time."];

    /// <summary>A title of what is done, since the words are not.</summary>
    public static string Title(StillRequest still, IReadOnlyList<Asset> pictures) =>
        string.Join(' ',
        [
            .. pictures[0].Title.Split(' ').Take(3),
            .. Typed(still, pictures).Where(t => !t.Contains(':')).Take(2).Select(Named),
        ]);

    /// <summary>What the typed arguments change, each in a word or two.</summary>
    public static IReadOnlyList<string> Typed(StillRequest still, IReadOnlyList<Asset> pictures)
    {
        List<string> typed = [];
        var (first, size) = (pictures[0], new PixelSize(still.Width, still.Height));
        if (still.AspectRatio is { } ratio and not "source" && (first.HasAlpha || Math.Abs((first.Size.Ratio / size.Ratio) - 1) > 0.01))
        {
            typed.Add(ratio);
        }
        else if ((still.IsExact || still.Resolution is not null) && first.Size != size)
        {
            typed.Add($"{size}");
        }
        if (first.Orientation != 1)
        {
            typed.Add("upright");
        }
        if (pictures.Count > 1)
        {
            typed.Add($"{pictures.Count} pictures in one");
        }
        else if (first.HasAlpha || IsCutOut(still))
        {
            typed.Add(IsCutOut(still) && !still.Options.ContainsKey("backdrop") ? "cut out" : "on a backdrop");
        }
        foreach (var (name, value) in still.Options)
        {
            var said = name switch
            {
                "look" => $"look {value}",
                "exposure" or "contrast" or "highlights" or "shadows" or "saturation" or "vibrance" or "temperature" or "tint" or "grain"
                    or "vignette" when value?.ToString() is not "0" => $"{name} {value}",
                "zoom" when value?.ToString() is not "1" => $"zoom {value}",
                "text" => "text",
                "lut" => "LUT",
                _ => null,
            };
            if (said is not null)
            {
                typed.Add(said);
            }
        }
        return typed;
    }

    private static bool IsCutOut(StillRequest still) => still.Options["cutout"]?.ToString() is "true" or "True";

    private IReadOnlyList<string> OfWords(StillRequest still, IReadOnlyList<Asset> pictures)
    {
        if (pictures.Count == 0)
        {
            return
            [
                "A storyboard placeholder with the prompt set in type, not a picture of it. " +
                    $"{others.Of(Capability.TextToImage)} Or give a photo in from for a real still.",
            ];
        }
        var (typed, asked) = (Typed(still, pictures), Clauses.Asking(still.Prompt));
        if (asked.Count == 0)
        {
            return typed.Count > 0 ? [] : [$"Nothing in this call changes the picture: it shows what {pictures[0].Handle} shows."];
        }
        var means = Means(still, pictures);
        if (typed.Count == 0)
        {
            throw Refused(still, pictures, asked, means);
        }
        var more = means.Count == 0 || Contradiction(asked) is not null
            ? ""
            : $" For what they ask besides add {NextCall.Json(means)}.";
        return [$"{string.Join(", ", typed)}; the words of the prompt change nothing here.{more}"];
    }

    // "zoom in on the label" is about the frame wherever it goes; where the label is, the caller sees.
    private static Wish? Closer(string clause) =>
        clause.Contains("zoom in", StringComparison.OrdinalIgnoreCase) || clause.Contains("crop in", StringComparison.OrdinalIgnoreCase)
            ? Wish.Bigger
            : null;

    // "temperature 0.25" is no name for a file.
    private static string Named(string typed) => typed.Any(char.IsDigit) ? typed.Split(' ')[0] : typed;

    private static string? Contradiction(IEnumerable<string> asked) => Wishes.Contradiction(asked.Select(Wishes.Of).OfType<Wish>());

    // What arguments would do of what is said in English and not typed yet.
    private static JsonObject Means(StillRequest still, IReadOnlyList<Asset> pictures)
    {
        JsonObject means = [];
        JsonObject options = [];
        var isGraded = still.Options.ContainsKey("look");
        void Option(string name, JsonNode value)
        {
            if (!still.Options.ContainsKey(name) && !options.ContainsKey(name))
            {
                options[name] = value;
            }
        }
        var isCutOut = pictures.Any(p => p.HasAlpha);
        foreach (var clause in Clauses.Of(still.Prompt))
        {
            switch (Wishes.Of(clause) ?? Closer(clause))
            {
                case Wish.Warmer when !isGraded:
                    Option("temperature", Amounts.IsLittle(clause) ? 0.25 : 0.4);
                    break;
                case Wish.Cooler when !isGraded:
                    Option("temperature", Amounts.IsLittle(clause) ? -0.25 : -0.4);
                    break;
                case Wish.Brighter:
                    Option("exposure", 0.4);
                    break;
                case Wish.Darker:
                    Option("exposure", -0.4);
                    break;
                case Wish.Vivid when !isGraded:
                    Option("saturation", 0.3);
                    break;
                case Wish.BlackAndWhite:
                    Option("look", "mono");
                    break;
                case Wish.Bigger when isCutOut:
                    Option("cutout_height", 0.78);
                    break;
                case Wish.Smaller when isCutOut:
                    Option("cutout_height", 0.48);
                    break;
                case Wish.Bigger:
                    Option("zoom", 1.3);
                    break;
                case Wish.Title:
                    Option("text", Amounts.Spoken(clause) ?? "YOUR WORDS");
                    break;
                case Wish.Isolate when !isCutOut:
                    Option("cutout", true);
                    break;
                case Wish.Backdrop when isCutOut:
                    Option("backdrop", "#c8d8e8");
                    break;
                case Wish.Ratio when still.AspectRatio is null:
                    means["aspect_ratio"] = Amounts.Ratio(clause);
                    break;
                case Wish.Resolution when still.Resolution is null && !still.IsExact:
                    means["size"] = Amounts.Resolution(clause);
                    break;
                default:
                    break;
            }
        }
        if (options.Count > 0)
        {
            means["options"] = options;
        }
        return means;
    }

    private I2VException Refused(StillRequest still, IReadOnlyList<Asset> pictures, IReadOnlyList<string> asked, JsonObject means)
    {
        JsonObject call = new()
        {
            ["prompt"] = string.Concat(still.Prompt.Take(80)),
            ["from"] = new JsonArray([.. pictures.Select(p => (JsonNode)p.Handle.ToString())]),
        };
        foreach (var (name, value) in means)
        {
            call[name] = value?.DeepClone();
        }
        var next = Contradiction(asked) is { } both
            ? both
            : means.Count > 0
            ? $"Make this call instead: {NextCall.Of("generate_still", call)}."
            : $"Its options are {Options}, besides aspect_ratio and size.";
        var isCovered = means.Count > 0 && asked.All(clause => Wishes.Of(clause) is not null);
        var what = means.Count > 0 ? "the rest" : "it";
        return new I2VException(
            ErrorCode.UnsupportedByModel,
            $"Not acted on: {Clauses.Quote(asked)}. The free local:still follows arguments, not words, and none of this call changes " +
                $"{pictures[0].Handle}. {next}{(isCovered ? "" : $" {others.Of(Capability.ImageEdit, what)}")} Nothing was made or spent.",
            "prompt");
    }
}
