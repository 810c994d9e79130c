using System.Globalization;

namespace McpI2V.EndToEnd.Conversations.Desks;

/// <summary>What a file really shows, read from its pixels.</summary>
internal static class Pixels
{
    /// <summary>The mean colour of a part of a frame.</summary>
    /// <param name="path">The file.</param>
    /// <param name="at">The second; 0 for stills.</param>
    /// <param name="crop">The part as ffmpeg's crop names it, such as <c>iw/2:ih/2:0:0</c>.</param>
    public static async Task<(double Red, double Green, double Blue)> MeanAsync(string path, double at = 0, string crop = "iw:ih:0:0")
    {
        var bytes = await FrameAsync(path, at, $"crop={crop},scale=32:32:flags=area", "rgb24");
        double Mean(int channel) => bytes.Where((_, i) => i % 3 == channel).Average(b => (double)b);
        return (Mean(0), Mean(1), Mean(2));
    }

    /// <summary>How much more red than blue there is.</summary>
    public static async Task<double> WarmthAsync(string path, double at = 0)
    {
        var (red, _, blue) = await MeanAsync(path, at);
        return red - blue;
    }

    /// <summary>The part of a frame in which two clips of one size differ; null: they don't.</summary>
    public static async Task<(int Left, int Top, int Right, int Bottom)?> DifferenceAsync(string one, string other, double at, int width)
    {
        var (a, b) = (await FrameAsync(one, at, "null", "gray"), await FrameAsync(other, at, "null", "gray"));
        Assert.Equal(a.Length, b.Length);
        var apart = Enumerable.Range(0, a.Length).Where(i => Math.Abs(a[i] - b[i]) > 40).ToList();
        return apart.Count == 0
            ? null
            : (apart.Min(i => i % width), apart[0] / width, apart.Max(i => i % width), apart[^1] / width);
    }

    private static async Task<byte[]> FrameAsync(string path, double at, string filter, string format)
    {
        var raw = Path.GetTempFileName();
        try
        {
            var seek = at > 0 ? string.Create(CultureInfo.InvariantCulture, $"-ss {at} ") : "";
            await Shell.FfmpegAsync($"{seek}-i \"{path}\" -vf \"{filter}\" -frames:v 1 -f rawvideo -pix_fmt {format} \"{raw}\"");
            return await File.ReadAllBytesAsync(raw);
        }
        finally
        {
            File.Delete(raw);
        }
    }
}
