using McpI2V.Media.Geometry;

namespace McpI2V.Media.CutOuts;

/// <summary>What was cut out.</summary>
/// <param name="Size">The picture's size, trimmed to the subject.</param>
/// <param name="Area">Where it was in the photograph.</param>
/// <param name="BackdropEdgePixels">How wide an edge of the backdrop is left around the subject, in its own pixels.</param>
/// <param name="ShadowEdgeShare">How much of its edge shows what a hard shadow on the backdrop would, 0 to 1.</param>
/// <param name="CutBy">The sides at which the photograph itself ends the subject.</param>
public sealed record CutOutResult(
    PixelSize Size,
    CutOutArea Area,
    double BackdropEdgePixels,
    double ShadowEdgeShare,
    IReadOnlyList<string> CutBy);
