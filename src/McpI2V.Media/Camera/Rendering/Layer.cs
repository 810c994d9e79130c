using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>One prepared still as the frame sees it; samples its planes with whichever sampler the view needs.</summary>
internal sealed class Layer(PreparedStill still, PixelSize frame)
{
    private readonly AxisAlignedSampler uprightLuma = new(frame.Width, frame.Height);
    private readonly AxisAlignedSampler uprightChroma = new(frame.Width / 2, frame.Height / 2);
    private readonly PerspectiveSampler turnedLuma = new(frame.Width, frame.Height);
    private readonly PerspectiveSampler turnedChroma = new(frame.Width / 2, frame.Height / 2);

    /// <summary>Fills a frame.</summary>
    public void Draw(Homography homography, Frame target)
    {
        var chroma = homography.OnChroma();
        if (homography.IsUpright)
        {
            uprightLuma.Sample(still.Luma, homography, target.Luma);
            uprightChroma.Sample(still.Blue, chroma, target.Blue);
            uprightChroma.Sample(still.Red, chroma, target.Red);
            return;
        }
        turnedLuma.Sample(still.Luma, homography, target.Packed, 0);
        turnedChroma.Sample(still.Blue, chroma, target.Packed, target.Luma.Length);
        turnedChroma.Sample(still.Red, chroma, target.Packed, target.Luma.Length + target.Blue.Length);
    }

    /// <summary>Samples the cut-out's transparency at the size of the frame's luma.</summary>
    public void DrawAlpha(Homography homography, Span<byte> alpha) => uprightLuma.Sample(still.Alpha!, homography, alpha);
}
