using McpI2V.Engine;
using McpI2V.Media.Geometry;

namespace McpI2V.Tools.Arguments;

/// <summary>Aspect ratios, as they are spelt.</summary>
internal static class RatioArgument
{
    private static IReadOnlyList<string> Spellings => [.. AspectRatio.All.Select(r => r.ToString()), "source"];

    /// <summary>One ratio; null if it is not given.</summary>
    public static Argument<string?> One(string description) => new(
        "aspect_ratio",
        () => Schemas.Choice(description, Spellings),
        arguments => Checked(arguments.Text("aspect_ratio")));

    /// <summary>Several ratios; empty if none is given.</summary>
    public static Argument<IReadOnlyList<string>> Many(string description, int most) => new(
        "aspect_ratios",
        () => Schemas.List(description, Schemas.Choice(null, Spellings), most),
        arguments => [.. arguments.Texts("aspect_ratios", most).Select(r => Checked(r)!)]);

    /// <summary>A ratio; null for the source's own.</summary>
    /// <exception cref="I2VException">There is no such ratio; the message lists them.</exception>
    public static AspectRatio? Parse(string? text) => text is null or "source"
        ? null
        : AspectRatio.TryParse(text, out var ratio)
        ? ratio
        : throw I2VException.Invalid("aspect_ratio",
            $"aspect_ratio is \"{text}\"; one of {AspectRatio.Names} or source is allowed. Nothing was spent.");

    private static string? Checked(string? text)
    {
        Parse(text);
        return text;
    }
}
