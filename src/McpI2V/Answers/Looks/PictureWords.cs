using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Media.Previews;

namespace McpI2V.Answers.Looks;

/// <summary>
/// What a picture shows, in a line, for clients whose model sees no picture of an answer: how bright it is, where it moves, where words
/// lie, and what changed against what it was made from.
/// </summary>
internal static class PictureWords
{
    // Shares of full scale, found by looking at renders: compression alone moves a cell by about 0.004.
    private const double Still = 0.006;
    private const double Little = 0.03;
    private const double Much = 0.1;
    private const double SameRatio = 0.03;
    private const double Brighter = 0.02;
    private const double Warmer = 0.012;

    // Of what moves or changes most: what comes this near to it is named with it.
    private const double NearTheMost = 0.7;
    private const string LocalCamera = "local:camera";
    private const int MostSaid = 3;
    private const int MostPlaces = 2;

    // A first frame this far from its still is another picture; a paid model's own encoding stays below a third of it.
    private const double Drift = 0.12;

    private static readonly string[] Places =
    [
        "upper left", "top", "upper right", "left", "centre", "right", "lower left", "bottom", "lower right",
    ];

    /// <summary>The line.</summary>
    /// <param name="asset">The asset.</param>
    /// <param name="look">What it looks like.</param>
    /// <param name="before">What it was made from, and what that looks like; null: nothing to compare with.</param>
    public static string Of(Asset asset, Look look, (Asset Asset, Look Look)? before)
    {
        List<string> said = [Light(look)];
        if (!look.IsStill)
        {
            said.Add(Moves(look.Motion()));
        }
        said.AddRange(Words(asset.Recipe));
        var against = before is var (other, seen) ? Against(asset, look, other, seen) : null;
        return $"Shows: {string.Join("; ", said)}.{(against is null ? "" : $" Against {before!.Value.Asset.Handle}: {against}.")}";
    }

    /// <summary>How far a clip has left its still in its first frame, as a line; null: it begins as it should.</summary>
    /// <param name="clip">A clip that a model made.</param>
    /// <param name="look">What it looks like.</param>
    /// <param name="still">The still it was made from, and what that looks like.</param>
    public static string? Drifted(Asset clip, Look look, (Asset Asset, Look Look) still)
    {
        var away = look.First().Against(still.Look).Average();
        return Compares(clip, still.Asset) && away > Drift
            ? string.Create(CultureInfo.InvariantCulture, $"Drift: {clip.Handle} begins {away:P0} away from {still.Asset.Handle}. Look " +
                $"at it; animate {still.Asset.Handle} again rather than repairing it.")
            : null;
    }

    private static string Light(Look look)
    {
        var light = look.Brightness switch { < 0.2 => "dark", < 0.4 => "rather dark", < 0.65 => "mid-bright", _ => "bright" };
        return string.Create(CultureInfo.InvariantCulture, $"{light} ({look.Brightness:P0})");
    }

    private static string Moves(IReadOnlyList<double> motion) => motion.Max() switch
    {
        < Still => "nothing moves",
        var most when motion.Min() > most / 2 => $"the whole frame moves{HowMuch(most)}",
        var most => $"moves{HowMuch(most)}, most at the {Most(motion)}",
    };

    private static string HowMuch(double most) => most switch { < Little => " a little", < Much => "", _ => " much" };

    private static string Most(IReadOnlyList<double> thirds)
    {
        var most = thirds.Max();
        return string.Join(", ", thirds.Index()
            .Where(t => t.Item >= most * NearTheMost)
            .OrderByDescending(t => t.Item)
            .Take(MostPlaces)
            .Select(t => Places[t.Index]));
    }

    // Where each stands the picture has decided.
    private static IEnumerable<string> Words(JsonArray recipe) => recipe
        .OfType<JsonObject>()
        .Select(step => Text(step, "op"))
        .OfType<string>()
        .Where(op => op is "text" or "captions" or "logo")
        .Distinct()
        .Take(MostPlaces);

    private static string? Text(JsonObject step, string member) =>
        step[member] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static string? Against(Asset asset, Look look, Asset other, Look seen)
    {
        List<string> said = [];
        if (look.IsStill == seen.IsStill && asset.Size != other.Size)
        {
            said.Add($"size was {other.Size}");
        }
        var longer = (asset.Duration - other.Duration).TotalSeconds;
        if (other.Duration > TimeSpan.Zero && Math.Abs(longer) >= 0.1)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(longer):0.0#} s {(longer > 0 ? "longer" : "shorter")}"));
        }
        // A cut-out is looked at on black; another part of a picture is another colour, with nothing graded.
        var isSameFrame = other.HasAlpha == asset.HasAlpha && Compares(asset, other)
            && asset is not { Operation: "animate", Model: LocalCamera };
        var light = isSameFrame ? look.Brightness - seen.Brightness : 0;
        if (Math.Abs(light) >= Brighter)
        {
            said.Add(string.Create(CultureInfo.InvariantCulture, $"{Math.Abs(light):P0} {(light > 0 ? "brighter" : "darker")}"));
        }
        var warmth = isSameFrame ? look.Warmth - seen.Warmth : 0;
        if (Math.Abs(warmth) >= Warmer)
        {
            said.Add(warmth > 0 ? "warmer" : "cooler");
        }
        var changed = look.Against(seen);
        if (look.IsStill == seen.IsStill && Compares(asset, other) && changed.Max() >= Still)
        {
            said.Add(changed.Min() > changed.Max() / 2 ? "the whole frame changed" : $"changed most at the {Most(changed)}");
        }
        return said.Count > 0 ? string.Join(", ", said.Take(MostSaid)) : look.IsStill != seen.IsStill ? null
            : Words(asset.Recipe).Any() && !JsonNode.DeepEquals(asset.Recipe, other.Recipe)
            ? "what changed is too small or faint to be measured"
            : "looks the same";
    }

    private static bool Compares(Asset a, Asset b) => Math.Abs((a.Size.Ratio / b.Size.Ratio) - 1) < SameRatio;
}
