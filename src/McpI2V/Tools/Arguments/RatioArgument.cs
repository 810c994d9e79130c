using McpI2V.Engine.Planning;
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

    private static string? Checked(string? text)
    {
        Sizes.Ratio(text);
        return text;
    }
}
