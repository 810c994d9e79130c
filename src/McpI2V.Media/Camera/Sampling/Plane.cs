namespace McpI2V.Media.Camera.Sampling;

/// <summary>
/// One plane of 8-bit samples with a border of repeated edge samples, so that a sampler never has to ask where the edge is.
/// </summary>
internal sealed class Plane
{
    /// <summary>Samples of border on each side: more than any kernel reaches.</summary>
    public const int Border = 16;

    private Plane(int width, int height)
    {
        (Width, Height) = (width, height);
        Stride = width + (2 * Border) + 32;
        Samples = new byte[Stride * (height + (2 * Border))];
    }

    public int Width { get; }

    public int Height { get; }

    public int Stride { get; }

    /// <summary>All samples, border included; see <see cref="Offset"/>.</summary>
    public byte[] Samples { get; }

    /// <summary>The index of a sample; coordinates may reach into the border.</summary>
    public int Offset(int x, int y) => ((y + Border) * Stride) + x + Border;

    /// <summary>Copies packed samples in and fills the border.</summary>
    public static Plane From(ReadOnlySpan<byte> packed, int width, int height)
    {
        var plane = new Plane(width, height);
        for (var y = -Border; y < height + Border; y++)
        {
            var source = packed.Slice(Math.Clamp(y, 0, height - 1) * width, width);
            var row = plane.Samples.AsSpan((y + Border) * plane.Stride, plane.Stride);
            row[..Border].Fill(source[0]);
            source.CopyTo(row[Border..]);
            row[(Border + width)..].Fill(source[^1]);
        }
        return plane;
    }
}
