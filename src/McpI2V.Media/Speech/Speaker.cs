using System.Text;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Speech;

/// <summary>
/// Has words spoken to a file. They reach the engine as a file of our own in the work folder, never in a filter graph or a command line.
/// </summary>
public sealed class Speaker(FfmpegRunner ffmpeg, FfmpegPrograms programs, ProcessPlaces places)
{
    private const string Words = "words.txt";
    private const string Raw = "spoken.wav";
    private const long LongestFile = 500_000_000;
    private static readonly TimeSpan SpeakTimeout = TimeSpan.FromMinutes(5);

    /// <summary>Speaks words to a WAV file of 24 kHz, which is more than either engine has.</summary>
    /// <param name="text">The words.</param>
    /// <param name="voice">A voice of this machine.</param>
    /// <param name="speed">How fast: 1 is usual, 0.5 to 2.</param>
    /// <param name="outputPath">The file.</param>
    /// <param name="work">Where it happens.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MediaException">It can't be spoken, or the disk is full.</exception>
    public async Task SpeakAsync(
        string text,
        LocalVoice voice,
        double speed,
        string outputPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var words = voice.Engine == SpeechEngine.Flite ? Typewritten(text) : text;
        await File.WriteAllTextAsync(work.At(Words), words, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), cancellationToken);
        var command = new FfmpegCommand();
        var source = voice.Engine == SpeechEngine.Flite ? $"flite=textfile={Words}:voice={voice.Name}," : await SpokenAsync(voice, command);
        command
            .Graph($"{source}atempo={FfmpegCommand.Number(speed)},aresample=24000[voice]")
            .Output("-map", "[voice]", "-c:a", "pcm_s16le", "-ac", "1", "-map_metadata", "-1", "-fflags", "+bitexact");
        await ffmpeg.RenderAsync(command, outputPath, work, feed: null, cancellationToken);

        async Task<string> SpokenAsync(LocalVoice by, FfmpegCommand reader)
        {
            await EspeakAsync(by, work, cancellationToken);
            return $"[{reader.File(work.At(Raw), MediaFormat.Wav)}:a]";
        }
    }

    private async Task EspeakAsync(LocalVoice voice, MediaWork work, CancellationToken cancellationToken)
    {
        using var place = work.HasLane ? null : await places.RenderAsync(cancellationToken);
        var ended = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = programs.Espeak,
                // -b 1: the file is UTF-8.
                Arguments = ["-b", "1", "-v", voice.Name, "-f", Words, "-w", Raw],
                WorkingDirectory = work.Folder,
                Limits = new ChildLimits(ChildLimits.Short.MemoryBytes, LongestFile),
                Timeout = SpeakTimeout,
                WithNetwork = !programs.Confine,
            },
            cancellationToken);
        if (ended.TimedOut || ended.ExitCode != 0 || !File.Exists(work.At(Raw)))
        {
            throw new MediaException(MediaFault.ToolFailed, $"espeak-ng did not speak this: " +
                $"{(ended.TimedOut ? "it took too long" : ForeignText.Quote(ended.ErrorTail.Trim(), 200))}. Ask for a shorter text, or " +
                "another voice; nothing was spent.");
        }
    }

    // flite reads ASCII: quotes and dashes as a typesetter writes them would break words apart.
    private static string Typewritten(string text) => text
        .Replace('\u2019', '\'')
        .Replace('\u2018', '\'')
        .Replace('\u201c', '"')
        .Replace('\u201d', '"')
        .Replace("\u2026", "...", StringComparison.Ordinal)
        .Replace("\u2014", ", ", StringComparison.Ordinal)
        .Replace("\u2013", ", ", StringComparison.Ordinal);
}
