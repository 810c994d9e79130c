using System.Text;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Speech;

/// <summary>Which voices there are on this machine.</summary>
public sealed class LocalVoices(FfmpegFilters filters, FfmpegPrograms programs, ProcessPlaces places)
{
    private const int LongestReport = 1 << 20;
    private static readonly TimeSpan ReportTimeout = TimeSpan.FromSeconds(20);

    // The names in libavfilter/asrc_flite.c (FFmpeg 5.1 to 8.0), clearest first; awb is a Scot.
    private static readonly LocalVoice[] OfFlite =
    [
        new("slt", "en-us", SpeechEngine.Flite),
        new("rms", "en-us", SpeechEngine.Flite),
        new("awb", "en-gb", SpeechEngine.Flite),
        new("kal16", "en-us", SpeechEngine.Flite),
        new("kal", "en-us", SpeechEngine.Flite),
    ];

    private IReadOnlyList<LocalVoice>? known;

    /// <summary>Every voice, the one that speaks unless another is asked for first; empty where nothing can speak.</summary>
    /// <exception cref="MediaException">ffmpeg is not installed.</exception>
    public async Task<IReadOnlyList<LocalVoice>> AllAsync(CancellationToken cancellationToken)
    {
        if (known is { Count: > 0 })
        {
            return known;
        }
        var flite = await filters.HasAsync("flite", cancellationToken) ? OfFlite : [];
        return known = [.. flite, .. await OfEspeakAsync(cancellationToken)];
    }

    private async Task<IReadOnlyList<LocalVoice>> OfEspeakAsync(CancellationToken cancellationToken)
    {
        using var report = new MemoryStream();
        var request = new ChildProcessRequest
        {
            FileName = programs.Espeak,
            Arguments = ["--voices"],
            // It sorts its voices in a file that has no name (espeak-ng 1.51): one that may write none is ended.
            Limits = ChildLimits.Short,
            Timeout = ReportTimeout,
            WithNetwork = !programs.Confine,
            Drain = (output, token) => output.CopyToAsync(report, token),
        };
        try
        {
            using var place = await places.EnterShortAsync(cancellationToken);
            var ended = await ChildProcess.RunAsync(request, cancellationToken);
            return ended.ExitCode == 0 && report.Length < LongestReport ? Read(Encoding.UTF8.GetString(report.ToArray())) : [];
        }
        catch (MediaException e) when (e.Fault == MediaFault.ToolMissing)
        {
            return [];
        }
    }

    /// <summary>Reads the table that <c>espeak-ng --voices</c> prints: priority, language, age and gender, name, file.</summary>
    internal static IReadOnlyList<LocalVoice> Read(string report) =>
    [
        .. report.Split('\n')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 3 && int.TryParse(words[0], out _) && IsCode(words[1]))
            .Select(words => new LocalVoice(words[1], words[1], SpeechEngine.EspeakNg))
            .DistinctBy(voice => voice.Name),
    ];

    // What becomes an argument of a command line begins with a letter.
    private static bool IsCode(string text) =>
        char.IsAsciiLetterLower(text[0]) && text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
