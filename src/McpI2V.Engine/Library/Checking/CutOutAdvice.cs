using System.Globalization;
using McpI2V.Media.CutOuts;

namespace McpI2V.Engine.Library.Checking;

/// <summary>Says what about a cut-out will show when it stands before something else.</summary>
public static class CutOutAdvice
{
    private const double WidestEdge = 1.2;
    private const double MostShadow = 0.004;

    /// <summary>The cut-out's own measurements, kept with the asset.</summary>
    public static IReadOnlyList<Check> Checks(CutOutResult cutOut) =>
    [
        Rate("backdrop_edge", cutOut.BackdropEdgePixels, WidestEdge, string.Create(
            CultureInfo.InvariantCulture,
            $"an edge of {cutOut.BackdropEdgePixels:0.#} px of the backdrop is left around it; ") +
                "photograph it farther from the backdrop, or before one of another colour"),
        Rate("shadow_edge", cutOut.ShadowEdgeShare, MostShadow, string.Create(
            CultureInfo.InvariantCulture,
            $"{cutOut.ShadowEdgeShare:P1} of its edge look like a hard shadow on the backdrop, which may have come along; ") +
                "look at it, and light the photograph softer or from the front"),
        Rate("cut_by_frame", cutOut.CutBy.Count, 0,
            $"the photograph ends it at the {string.Join(" and ", cutOut.CutBy)}; let that side lie at the frame's edge too"),
    ];

    private static Check Rate(string name, double value, double limit, string advice) =>
        new(name, value <= limit, value, limit, value <= limit ? null : advice);
}
