using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Operations;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Clips.Operations;

/// <summary>Hears what the real ffmpeg has rendered, in figures.</summary>
internal sealed class Ears : IDisposable
{
    public const int Rate = 48_000;
    private static readonly PixelSize Size = new(160, 90);

    public TestRenders Renders { get; } = new();

    /// <summary>A clip of our own making.</summary>
    /// <param name="sound">Its sound, as <c>aevalsrc</c> writes it for one channel; null: silent.</param>
    /// <param name="seconds">Its length.</param>
    /// <param name="picture">Filters over its grey picture.</param>
    public Task<ClipSource> ClipAsync(string? sound, double seconds, string? picture = null) => Renders.ClipAsync(
        FormattableString.Invariant($"color=c=gray:s={Size}:r=25:d={seconds}{picture}"),
        sound is null ? null : FormattableString.Invariant($"aevalsrc='{sound}|{sound}':s=48000:d={seconds}"),
        Size,
        seconds);

    /// <summary>A sound file.</summary>
    public async Task<AudioSource> SoundAsync(string sound, double seconds)
    {
        var path = Renders.Work().At("sound.wav");
        var command = new Media.Ffmpeg.FfmpegCommand();
        command.Graph(FormattableString.Invariant($"aevalsrc='{sound}|{sound}':s=48000:d={seconds}[a]")).Output("-map", "[a]");
        await Renders.Ffmpeg.RenderAsync(command, path, Renders.Work(), null, TestContext.Current.CancellationToken);
        return new AudioSource(path, MediaFormat.Wav, TimeSpan.FromSeconds(seconds));
    }

    /// <summary>A clip with steps, rendered.</summary>
    public Task<string> RenderAsync(ClipSource clip, IOperationSources sources, params string[] steps) =>
        Renders.RenderAsync(clip with { Recipe = [.. steps.Select(s => Step(s, sources))] });

    public Task<string> RenderAsync(ClipSource clip, params string[] steps) => RenderAsync(clip, new OneClip(), steps);

    /// <summary>The left channel, through filters.</summary>
    public async Task<float[]> HearAsync(string path, string through = "anull")
    {
        var bytes = await Renders.ReadAsync(path, $"[0:a]{through},aresample=48000,pan=mono|c0=c0,aformat=sample_fmts=flt", "f32le");
        return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
    }

    /// <summary>What ffmpeg's own meter says: LUFS, and true peak in dB.</summary>
    public async Task<(double Lufs, double PeakDb)> MeterAsync(string path)
    {
        var said = Encoding.UTF8.GetString(await Renders.ReadAsync(
            path,
            "[0:a]ebur128=peak=true:metadata=1,ametadata=mode=print:file=-",
            "null"));
        var peak = Values("true_peaks_ch0").Concat(Values("true_peaks_ch1")).DefaultIfEmpty(0).Max();
        return (Values("I").Last(), 20 * Math.Log10(peak));

        IEnumerable<double> Values(string name) => said.Split('\n')
            .Where(l => l.StartsWith($"lavfi.r128.{name}=", StringComparison.Ordinal))
            .Select(l => double.Parse(l.Split('=')[1], CultureInfo.InvariantCulture));
    }

    /// <summary>The level between two times in dB.</summary>
    public static double Db(float[] sound, double from, double to)
    {
        var part = sound.AsSpan((int)(from * Rate), (int)((to - from) * Rate));
        double sum = 0;
        foreach (var sample in part)
        {
            sum += sample * sample;
        }
        return 10 * Math.Log10((sum / part.Length) + 1e-12);
    }

    /// <summary>The largest step from one sample to the next between two times.</summary>
    public static double Step(float[] sound, double from, double to)
    {
        var (first, last) = (Math.Max(1, (int)(from * Rate)), Math.Min(sound.Length, (int)(to * Rate)));
        return Enumerable.Range(first, last - first).Max(i => Math.Abs(sound[i] - sound[i - 1]));
    }

    /// <summary>When beeps begin, in seconds.</summary>
    public static IReadOnlyList<double> Beeps(float[] sound)
    {
        List<double> beeps = [];
        for (var i = 0; i < sound.Length; i++)
        {
            if (Math.Abs(sound[i]) > 0.1)
            {
                beeps.Add((double)i / Rate);
                i += Rate / 5;
            }
        }
        return beeps;
    }

    /// <summary>When white frames begin, in seconds.</summary>
    public async Task<IReadOnlyList<double>> FlashesAsync(string path)
    {
        var frames = await Renders.ReadAsync(path, "[0:v]scale=1:1:flags=area,format=gray", "rawvideo");
        return [.. Enumerable.Range(0, frames.Length).Where(i => IsLight(i) && !IsLight(i - 1)).Select(i => i / 25.0)];

        bool IsLight(int frame) => frame >= 0 && frames[frame] > 128;
    }

    public void Dispose() => Renders.Dispose();

    private static IClipOperation Step(string json, IOperationSources sources) =>
        OperationCatalogue.Read(JsonElement.Parse(json), sources);
}
