using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>Motion blur: one frame as the mean of the moments while the shutter is open.</summary>
internal sealed class Exposure(PixelSize size)
{
    private const int MostMoments = 24;

    // What moves less between two moments is not told apart from a smear.
    private const double PixelsBetween = 2;
    private readonly Frame moment = new(size);
    private readonly ushort[] sums = new ushort[size.Pixels * 3 / 2];

    /// <summary>How many moments a frame takes.</summary>
    /// <param name="pixels">How far the picture moves meanwhile.</param>
    public static int Moments(double pixels) => (int)Math.Clamp(Math.Ceiling(pixels / PixelsBetween), 1, MostMoments);

    /// <summary>Fills a frame.</summary>
    /// <param name="moments">How many.</param>
    /// <param name="draw">Draws the moment that lies so far into the opening, 0 to 1.</param>
    /// <param name="target">The frame.</param>
    public void Expose(int moments, Action<double, Frame> draw, Frame target)
    {
        Array.Clear(sums);
        for (var i = 0; i < moments; i++)
        {
            draw((i + 0.5) / moments, moment);
            for (var at = 0; at < sums.Length; at++)
            {
                sums[at] += moment.Packed[at];
            }
        }
        for (var at = 0; at < sums.Length; at++)
        {
            target.Packed[at] = (byte)((sums[at] + (moments / 2)) / moments);
        }
    }
}
