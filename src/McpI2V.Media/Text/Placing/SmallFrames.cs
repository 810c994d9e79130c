using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text.Placing;

/// <summary>A clip or a still as a few small pictures, to see what is in it.</summary>
/// <param name="Size">Of each picture.</param>
/// <param name="Seconds">The time between two pictures.</param>
/// <param name="Pixels">All of them one after another, three bytes a pixel: red, green, blue.</param>
internal sealed record SmallFrames(PixelSize Size, double Seconds, byte[] Pixels)
{
    /// <summary>The short side of the pictures.</summary>
    public const int ShortSide = 160;

    private const int Most = 16;

    /// <summary>How many there are.</summary>
    public int Count => Pixels.Length / (Size.Width * Size.Height * 3);

    /// <summary>The size at which a frame is looked at.</summary>
    public static PixelSize SizeFor(PixelSize frame) => frame.WithShortSide(Math.Min(ShortSide, frame.ShortSide));

    /// <summary>How many pictures tell of a clip of this length: two a second, and fewer of a long one.</summary>
    public static int CountFor(TimeSpan duration) => Math.Clamp((int)Math.Ceiling(duration.TotalSeconds * 2), 1, Most);

    /// <summary>The filter that leaves so many frames of a clip, evenly over its time.</summary>
    public static string Moments(int count, TimeSpan duration) => $"fps={FfmpegCommand.Number(count / duration.TotalSeconds)}";

    /// <summary>The filters that make pictures of the frames of a clip that are left; the last is repeated where one is missing.</summary>
    public static string OfClip(PixelSize size) =>
        $"scale={size.Width}:{size.Height}:flags=area:in_color_matrix=bt709:in_range=tv:out_range=pc,format=rgb24," +
            "tpad=stop_mode=clone:stop=4";

    /// <summary>The filters that make one of a still.</summary>
    public static string OfStill(PixelSize size) => $"scale={size.Width}:{size.Height}:flags=area,format=rgb24";

    /// <summary>The pictures seen between two times; at least one.</summary>
    public IEnumerable<int> Between(double start, double end)
    {
        var first = Math.Clamp((int)Math.Floor(start / Seconds), 0, Count - 1);
        var last = Math.Clamp((int)Math.Ceiling(end / Seconds), first, Count - 1);
        return Enumerable.Range(first, last - first + 1);
    }

    /// <summary>One picture.</summary>
    public ReadOnlySpan<byte> Picture(int index) =>
        Pixels.AsSpan(index * Size.Width * Size.Height * 3, Size.Width * Size.Height * 3);
}
