using System.Collections.Concurrent;
using System.Diagnostics;

namespace McpI2V.Simulators.Simulation;

/// <summary>Sizes and lengths of files that clients sent.</summary>
public static class PictureSize
{
    private static readonly ConcurrentDictionary<string, Task<(int Width, int Height, double Seconds)>> Known = new(StringComparer.Ordinal);

    /// <summary>Width, height and length; a tall clip where there is no file.</summary>
    public static Task<(int Width, int Height, double Seconds)> OfAsync(string? path) =>
        path is null ? Task.FromResult((720, 1280, 5.0)) : Known.GetOrAdd(path, ProbeAsync);

    /// <summary>The size with a short side, of a ratio as "9:16", or of a file's own.</summary>
    public static async Task<(int Width, int Height)> WithAsync(string? ratio, int shortSide, string? path)
    {
        var parts = ratio?.Split(':');
        double of;
        if (parts is [var a, var b] && double.TryParse(a, out var w) && double.TryParse(b, out var h))
        {
            of = w / h;
        }
        else
        {
            var (width, height, _) = await OfAsync(path);
            of = (double)width / height;
        }
        return of < 1 ? (shortSide, (int)(shortSide / of) / 2 * 2) : ((int)(shortSide * of) / 2 * 2, shortSide);
    }

    private static async Task<(int Width, int Height, double Seconds)> ProbeAsync(string path)
    {
        var start = new ProcessStartInfo(
            "ffprobe",
            ["-v", "error", "-show_entries", "stream=width,height:format=duration", "-of", "default=nw=1", path])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
        using var probe = Process.Start(start)!;
        var text = await probe.StandardOutput.ReadToEndAsync();
        await probe.WaitForExitAsync();
        var values = text
            .Split('\n')
            .Select(l => l.Split('='))
            .Where(p => p.Length == 2)
            .GroupBy(p => p[0], StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First()[1], StringComparer.Ordinal);
        int Side(string name) => values.TryGetValue(name, out var side) && int.TryParse(side, out var pixels) ? pixels : 720;
        return (Side("width"), Side("height"), values.TryGetValue("duration", out var length)
            && double.TryParse(length, System.Globalization.CultureInfo.InvariantCulture, out var seconds)
            ? seconds
            : 5);
    }
}
