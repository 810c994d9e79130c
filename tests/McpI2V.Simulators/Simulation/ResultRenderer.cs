using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace McpI2V.Simulators.Simulation;

/// <summary>
/// Renders results with the real ffmpeg: the picture that went in still moving, the model and the prompt burnt in. The same order is
/// rendered once.
/// </summary>
public sealed class ResultRenderer(SimOptions options) : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-simulated-").FullName;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> made = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim renderSlots = new(2);

    /// <summary>The file of a dish.</summary>
    public Task<string> MakeAsync(RenderSpec spec)
    {
        var sized = Sized(spec);
        var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(sized.ToString())))[..24];
        var path = Path.Combine(folder, key + Extension(sized));
        return made.GetOrAdd(key, _ => new Lazy<Task<string>>(() => RenderAsync(sized, path))).Value;
    }

    /// <summary>Keeps bytes that a client sent; returns their file.</summary>
    public async Task<string> KeepAsync(Stream body, string name)
    {
        var path = Path.Combine(folder, $"in-{Guid.NewGuid():N}{Path.GetExtension(name)}");
        await using var file = File.Create(path);
        await body.CopyToAsync(file);
        return path;
    }

    /// <summary>Keeps a data URI's or base64's bytes, the same bytes once.</summary>
    public string Keep(string base64)
    {
        var bytes = Convert.FromBase64String(base64[(base64.IndexOf(',', StringComparison.Ordinal) + 1)..]);
        var path = Path.Combine(folder, "in-" + Convert.ToHexString(SHA256.HashData(bytes))[..24]);
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, bytes);
        }
        return path;
    }

    public void Dispose()
    {
        renderSlots.Dispose();
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (IOException)
        {
            // A render that is still at work; the system's temporary folder is swept anyway.
        }
    }

    private RenderSpec Sized(RenderSpec spec)
    {
        var (width, height) = (spec.Width, spec.Height);
        if (options.ShortSide > 0 && Math.Min(width, height) > 0)
        {
            var factor = (double)options.ShortSide / Math.Min(width, height);
            (width, height) = ((int)(width * factor), (int)(height * factor));
        }
        var seconds = options.LongestSeconds > 0 ? Math.Min(options.LongestSeconds, spec.Seconds) : spec.Seconds;
        return spec with
        {
            Words = options.BurnsWords ? spec.Words : "",
            Width = width / 2 * 2,
            Height = height / 2 * 2,
            Seconds = seconds,
        };
    }

    private static string Extension(RenderSpec spec) => spec.Kind switch { "clip" => ".mp4", "still" => ".png", _ => ".mp3" };

    private async Task<string> RenderAsync(RenderSpec spec, string path)
    {
        await renderSlots.WaitAsync();
        try
        {
            var words = path + ".txt";
            await File.WriteAllTextAsync(words, Wrapped(spec.Words));
            List<string> arguments = ["-nostdin", "-v", "error", "-y"];
            arguments.AddRange(spec.Kind == "sound" ? Sound(spec) : Picture(spec, words));
            arguments.Add(path);
            var start = new ProcessStartInfo("ffmpeg", arguments) { RedirectStandardError = true, UseShellExecute = false };
            using var ffmpeg = Process.Start(start)!;
            var error = await ffmpeg.StandardError.ReadToEndAsync();
            await ffmpeg.WaitForExitAsync();
            return ffmpeg.ExitCode == 0 ? path : throw new InvalidOperationException(error);
        }
        finally
        {
            renderSlots.Release();
        }
    }

    private static IEnumerable<string> Sound(RenderSpec spec) =>
    [
        "-f",
        "lavfi",
        "-i",
        $"sine=f=440:d={Number(Math.Max(0.5, spec.Seconds))}",
        "-ac",
        "1",
    ];

    private List<string> Picture(RenderSpec spec, string words)
    {
        var rate = options.FramesPerSecond.ToString(CultureInfo.InvariantCulture);
        var (w, h) = (spec.Width, spec.Height);
        var size = Math.Max(10, Math.Min(w, h) / 24);
        var seconds = Number(spec.Seconds);
        List<string> arguments = spec.Picture is null
            ? ["-f", "lavfi", "-i", $"testsrc2=s={w}x{h}:r={rate}"]
            : [.. IsStill(spec.Picture) ? new[] { "-loop", "1", "-framerate", rate } : ["-stream_loop", "-1"], "-i", spec.Picture];
        var sound = spec is { Kind: "clip", HasSound: true };
        if (sound)
        {
            arguments.AddRange(["-f", "lavfi", "-i", "sine=f=330:r=48000"]);
        }
        // A slow drift across the picture, so that it is seen to move.
        var moving =
            $"scale={w * 11 / 10}:{h * 11 / 10}:force_original_aspect_ratio=increase,crop={w}:{h}:x='(iw-ow)*min(t/{seconds}\\,1)':" +
                "y=(ih-oh)/2,setsar=1";
        var text = $"drawtext=textfile={words}:expansion=none:fontsize={size}:fontcolor=white:box=1:boxcolor=black@0.5:x={size}:y={size}";
        arguments.AddRange(["-vf", $"{moving},{text}", "-map", "0:v"]);
        if (spec.Kind == "still")
        {
            arguments.AddRange(["-frames:v", "1", "-update", "1"]);
            return arguments;
        }
        if (sound)
        {
            arguments.AddRange(["-map", "1:a", "-c:a", "aac"]);
        }
        arguments.AddRange([
            "-t",
            seconds,
            "-r",
            rate,
            "-c:v",
            "libx264",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p",
            "-movflags",
            "+faststart",
        ]);
        return arguments;
    }

    private static bool IsStill(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> head = stackalloc byte[12];
        file.ReadExactly(head[..Math.Min(12, (int)file.Length)]);
        return !head[4..8].SequenceEqual("ftyp"u8);
    }

    private static string Wrapped(string words)
    {
        var lines = new StringBuilder();
        var line = 0;
        foreach (var word in words.Split(' ').Take(40))
        {
            if (line + word.Length > 34)
            {
                lines.Append('\n');
                line = 0;
            }
            lines.Append(word).Append(' ');
            line += word.Length + 1;
        }
        return lines.ToString();
    }

    private static string Number(double number) => number.ToString("0.###", CultureInfo.InvariantCulture);
}
