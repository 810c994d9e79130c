using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>A still decoded once, at the density the move needs, as planes of limited-range bt709; a cut-out is premultiplied.</summary>
internal sealed record PreparedStill(Plane Luma, Plane Blue, Plane Red, Plane? Alpha)
{
    /// <summary>Decodes an opaque layer; what is transparent shows the backdrop colour.</summary>
    public static Task<PreparedStill> OpaqueAsync(
        FfmpegRunner ffmpeg,
        StillSource still,
        PixelSize size,
        Colour backdrop,
        MediaWork work,
        CancellationToken cancellationToken) =>
        LoadAsync(ffmpeg, still, size, still.HasAlpha ? backdrop : null, edge: null, hasShadow: false, work, cancellationToken);

    /// <summary>Decodes a cut-out with its transparency, with an empty edge around it, in which its shadow lies.</summary>
    public static Task<PreparedStill> CutOutAsync(
        FfmpegRunner ffmpeg,
        StillSource still,
        PixelSize size,
        bool hasShadow,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var room = hasShadow ? ContactShadow.Room : 0;
        var edge = new PixelSize((int)(size.Width * room) + 4, (int)(size.Height * room) + 4).Even();
        return LoadAsync(ffmpeg, still, size, null, edge, hasShadow, work, cancellationToken);
    }

    private static async Task<PreparedStill> LoadAsync(
        FfmpegRunner ffmpeg,
        StillSource still,
        PixelSize size,
        Colour? backdrop,
        PixelSize? edge,
        bool hasShadow,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var withAlpha = edge is not null || backdrop is not null;
        var format = withAlpha ? "yuva420p" : "yuv420p";
        var padded = edge is { } empty
            ? $",pad=iw+{2 * empty.Width}:ih+{2 * empty.Height}:{empty.Width}:{empty.Height}:color=black@0"
            : "";
        var command = new FfmpegCommand();
        command.File(still.Path, still.Format);
        command
            .Graph($"[0:v]{StillGraph.Upright(still.Orientation)}{StillGraph.ScaleToVideo(size)},format={format}{padded}[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var packed = await ffmpeg.ReadAsync(command, work, cancellationToken);
        if (edge is { } around)
        {
            size = new PixelSize(size.Width + (2 * around.Width), size.Height + (2 * around.Height));
        }
        var luma = (int)size.Pixels;
        var chroma = luma / 4;
        if (packed.Length < luma + (2 * chroma) + (withAlpha ? luma : 0))
        {
            throw new MediaException(MediaFault.Unreadable, "the still could not be decoded whole; save it again");
        }
        var planes = new Planes(packed, size);
        if (withAlpha)
        {
            planes.Premultiply(backdrop);
        }
        if (hasShadow)
        {
            ContactShadow.Lay(planes.Luma, planes.Alpha, size);
        }
        return new PreparedStill(
            Plane.From(planes.Luma, size.Width, size.Height),
            Plane.From(planes.Blue, size.Width / 2, size.Height / 2),
            Plane.From(planes.Red, size.Width / 2, size.Height / 2),
            edge is not null ? Plane.From(planes.Alpha, size.Width, size.Height) : null);
    }

    private readonly ref struct Planes(byte[] packed, PixelSize size)
    {
        private readonly int luma = (int)size.Pixels;

        public Span<byte> Luma => packed.AsSpan(0, luma);

        public Span<byte> Blue => packed.AsSpan(luma, luma / 4);

        public Span<byte> Red => packed.AsSpan(luma * 5 / 4, luma / 4);

        public Span<byte> Alpha => packed.AsSpan(luma * 3 / 2, luma);

        // Chroma is kept around 128, so that "nothing" is grey, not green.
        public void Premultiply(Colour? over)
        {
            var backdrop = over ?? default;
            var (y0, b0, r0) = over is null ? (0, 128, 128) : (backdrop.Y, backdrop.Cb, backdrop.Cr);
            for (var i = 0; i < luma; i++)
            {
                Luma[i] = Mix(Luma[i], y0, Alpha[i]);
            }
            for (var y = 0; y < size.Height / 2; y++)
            {
                for (var x = 0; x < size.Width / 2; x++)
                {
                    var at = (y * size.Width / 2) + x;
                    var alpha = Alpha[(2 * y * size.Width) + (2 * x)];
                    Blue[at] = Mix(Blue[at], b0, alpha);
                    Red[at] = Mix(Red[at], r0, alpha);
                }
            }
        }

        private static byte Mix(int value, int under, int alpha) => (byte)(((value * alpha) + (under * (255 - alpha)) + 127) / 255);
    }
}
