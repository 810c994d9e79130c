using McpI2V.Media.Colours;

namespace McpI2V.Media.Probing;

/// <summary>Measurements of a still that tell whether it is worth animating.</summary>
/// <param name="Sharpness">Variance of the Laplacian of luma on a copy of at most 1,024 px, its sharpest quarter of tiles; below about 60 a
/// picture looks soft.</param>
/// <param name="Brightness">Mean luma, 0 to 255.</param>
/// <param name="ClippedShare">Share of pixels at black or white, 0 to 1.</param>
/// <param name="Quality">JPEG quality 1 to 100 as the quantisation tables tell it; 100 for other formats. Below about 40 blocks
/// show.</param>
public sealed record StillStatistics(double Sharpness, double Brightness, double ClippedShare, double Quality)
{
    /// <summary>Its dominant colours, the largest first.</summary>
    public IReadOnlyList<ColourShare> Colours { get; init; } = [];
}
