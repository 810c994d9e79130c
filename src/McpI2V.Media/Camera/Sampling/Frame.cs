using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Sampling;

/// <summary>One 4:2:0 frame in the layout that the encoder's pipe takes.</summary>
internal sealed class Frame(PixelSize size)
{
    private readonly int luma = (int)size.Pixels;

    /// <summary>Luma, then blue difference, then red difference, without gaps.</summary>
    public byte[] Packed { get; } = new byte[size.Pixels * 3 / 2];

    public Span<byte> Luma => Packed.AsSpan(0, luma);

    public Span<byte> Blue => Packed.AsSpan(luma, luma / 4);

    public Span<byte> Red => Packed.AsSpan(luma * 5 / 4, luma / 4);

    /// <summary>Mixes another frame in.</summary>
    /// <param name="other">The frame to mix in.</param>
    /// <param name="share">0 leaves this one, 1 makes it the other.</param>
    public void Blend(Frame other, double share)
    {
        var weight = (int)Math.Round(Math.Clamp(share, 0, 1) * 256);
        var mine = Packed.AsSpan();
        var theirs = other.Packed.AsSpan(0, mine.Length);
        for (var i = 0; i < mine.Length; i++)
        {
            mine[i] = (byte)(((mine[i] * (256 - weight)) + (theirs[i] * weight) + 128) >> 8);
        }
    }

    /// <summary>Lays a premultiplied cut-out over this frame.</summary>
    public void Cover(Frame cutOut, ReadOnlySpan<byte> alpha)
    {
        CoverPlane(Luma, cutOut.Luma, alpha, 0);
        Span<byte> small = new byte[luma / 4];
        for (var y = 0; y < size.Height / 2; y++)
        {
            for (var x = 0; x < size.Width / 2; x++)
            {
                var at = (2 * y * size.Width) + (2 * x);
                var four = alpha[at] + alpha[at + 1] + alpha[at + size.Width] + alpha[at + size.Width + 1];
                small[(y * size.Width / 2) + x] = (byte)((four + 2) >> 2);
            }
        }
        CoverPlane(Blue, cutOut.Blue, small, 128);
        CoverPlane(Red, cutOut.Red, small, 128);
    }

    private static void CoverPlane(Span<byte> under, ReadOnlySpan<byte> over, ReadOnlySpan<byte> alpha, int nothing)
    {
        for (var i = 0; i < under.Length; i++)
        {
            if (alpha[i] != 0)
            {
                var value = (((under[i] - nothing) * (255 - alpha[i]) / 255) + over[i]);
                under[i] = (byte)Math.Clamp(value, 0, 255);
            }
        }
    }
}
