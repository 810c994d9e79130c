using System.Text;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Ffmpeg;

/// <summary>Runs ffmpeg and ffprobe and turns their endings into errors a person can act on.</summary>
public sealed class FfmpegRunner
{
    // The longest file that a render may write: an hour at 35 Mbit/s.
    private const long LongestFile = 16_000_000_000;
    // 128 and the number of SIGXCPU, SIGXFSZ.
    private const int PastProcessorTime = 152;
    private const int PastFileSize = 153;
    private const int LongestReport = 4 << 20;
    private static readonly TimeSpan LookTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(60);
    private readonly FfmpegPrograms programs;
    private readonly ProcessPlaces places;
    private readonly DraftEncoder drafts;
    private string? version;

    /// <summary>A runner for this machine.</summary>
    public FfmpegRunner(FfmpegPrograms programs, ProcessPlaces places)
        : this(programs, places, programs.MachineEncoder ? MachineEncoder.OfThisMachine() : [])
    {
    }

    internal FfmpegRunner(FfmpegPrograms programs, ProcessPlaces places, IReadOnlyList<MachineEncoder> encoders) =>
        (this.programs, this.places, drafts) = (programs, places, new DraftEncoder(this, encoders));

    /// <summary>What children are kept from here, in words.</summary>
    public string Confinement => programs.Confine ? Processes.Confinement.Describe() : "the network is left to them by I2V__Media__Confine";

    /// <summary>How many looks there may be at once.</summary>
    public int Looks => places.Looks;

    /// <summary>Renders a clip to a file, reporting progress from 0 to 1.</summary>
    internal async Task RenderAsync(
        FfmpegCommand command,
        string outputPath,
        MediaWork work,
        Func<Stream, CancellationToken, Task>? feed,
        CancellationToken cancellationToken)
    {
        using var place = work.HasLane ? null : await places.RenderAsync(cancellationToken);
        var request = Ffmpeg(command.To(outputPath), work, new ChildLimits(programs.RenderMemory, LongestFile), programs.Timeout) with
        {
            Feed = feed,
            Drain = (output, token) => ReadProgressAsync(output, command.ExpectedDuration, work.Progress, token),
        };
        await RunAsync(request, cancellationToken);
    }

    /// <summary>Who encodes drafts, in words: the trial is made if none was.</summary>
    /// <exception cref="MediaException">The disk is full.</exception>
    public async Task<string> DraftEncoderAsync(MediaWork work, CancellationToken cancellationToken) =>
        programs.MachineEncoder
            ? (await drafts.FindAsync(work, cancellationToken)).Words
            : "libx264, as I2V__Media__MachineEncoder says";

    /// <summary>Renders by the machine's own encoder if it is a draft and there is one that is fit for it, else, or if that fails, by
    /// x264.</summary>
    /// <param name="quality">How carefully.</param>
    /// <param name="render">Renders by an encoder of this machine, or by x264 where it is null.</param>
    /// <param name="work">Where a trial works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task EncodeAsync(
        EncodeQuality quality,
        Func<MachineEncoder?, Task> render,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        if (quality == EncodeQuality.Draft && (await drafts.FindAsync(work, cancellationToken)).Encoder is { } own)
        {
            try
            {
                await render(own);
                return;
            }
            catch (MediaException e) when (e.Fault is not (MediaFault.StorageFull or MediaFault.OutOfRange))
            {
                drafts.GiveUp(own, e.Message);
            }
        }
        await render(null);
    }

    /// <summary>Renders one picture to a file.</summary>
    internal async Task RenderStillAsync(FfmpegCommand command, string outputPath, MediaWork work, CancellationToken cancellationToken)
    {
        using var place = await EnterShortAsync(work, cancellationToken);
        await RunAsync(Ffmpeg(command.To(outputPath), work, ChildLimits.Short, LookTimeout), cancellationToken);
    }

    /// <summary>Runs a command that may take as long as a render, and hands on what it writes to its standard output.</summary>
    internal async Task StreamAsync(
        FfmpegCommand command,
        MediaWork work,
        Func<Stream, CancellationToken, Task> read,
        CancellationToken cancellationToken)
    {
        using var place = work.HasLane ? null : await places.RenderAsync(cancellationToken);
        var limits = new ChildLimits(programs.RenderMemory, LongestFile);
        await RunAsync(Ffmpeg(command.ToPipe(), work, limits, programs.Timeout) with { Drain = read }, cancellationToken);
    }

    /// <summary>Runs a command whose result is read from its standard output.</summary>
    internal async Task<byte[]> ReadAsync(FfmpegCommand command, MediaWork work, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        using (await EnterShortAsync(work, cancellationToken))
        {
            await RunAsync(
                Ffmpeg(command.ToPipe(), work, ChildLimits.Short, LookTimeout) with
                {
                    Drain = (output, token) => output.CopyToAsync(bytes, token),
                },
                cancellationToken);
        }
        return bytes.ToArray();
    }

    /// <summary>Runs ffprobe and returns what it printed.</summary>
    internal async Task<string> ProbeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        using (await places.EnterShortAsync(cancellationToken))
        {
            await RunAsync(
                Request(programs.Ffprobe, arguments, ChildLimits.Probe, ProbeTimeout) with
                {
                    Drain = (output, token) => CopyAsync(output, bytes, token),
                },
                cancellationToken);
        }
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }

    /// <summary>The first line of ffmpeg's own version report; asked for once.</summary>
    /// <exception cref="MediaException">It is not installed.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken) =>
        version ??= (await ReportAsync("-version", cancellationToken)).Split('\n')[0].Trim();

    /// <summary>The names of all filters that ffmpeg was built with.</summary>
    /// <exception cref="MediaException">It is not installed.</exception>
    internal async Task<IReadOnlySet<string>> FiltersAsync(CancellationToken cancellationToken)
    {
        // A line is: flags, name, kinds of inputs and outputs such as V->V, description.
        var lines = (await ReportAsync("-filters", cancellationToken)).Split('\n');
        return lines.Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(words => words.Length > 2 && words[2].Contains("->", StringComparison.Ordinal))
            .Select(words => words[1])
            .ToHashSet(StringComparer.Ordinal);
    }

    private async Task<string> ReportAsync(string about, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        using (await places.EnterShortAsync(cancellationToken))
        {
            var request = Request(programs.Ffmpeg, ["-hide_banner", about], ChildLimits.Probe, TimeSpan.FromSeconds(20));
            await ChildProcess.RunAsync(request with { Drain = (output, token) => CopyAsync(output, bytes, token) }, cancellationToken);
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private async Task<IDisposable?> EnterShortAsync(MediaWork work, CancellationToken cancellationToken) =>
        work.HasLane ? null : await places.EnterShortAsync(cancellationToken);

    private ChildProcessRequest Ffmpeg(IReadOnlyList<string> arguments, MediaWork work, ChildLimits limits, TimeSpan timeout) =>
        Request(programs.Ffmpeg, arguments, limits, timeout) with { WorkingDirectory = work.Folder };

    private ChildProcessRequest Request(string program, IReadOnlyList<string> arguments, ChildLimits limits, TimeSpan timeout) =>
        new() { FileName = program, Arguments = arguments, Limits = limits, Timeout = timeout, WithNetwork = !programs.Confine };

    private static async Task RunAsync(ChildProcessRequest request, CancellationToken cancellationToken) =>
        ThrowUnlessEndedWell(await ChildProcess.RunAsync(request, cancellationToken), request.Timeout);

    // A file can make a report as long as itself.
    private static async Task CopyAsync(Stream report, MemoryStream bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[16 << 10];
        int read;
        while ((read = await report.ReadAsync(buffer, cancellationToken)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > LongestReport)
            {
                throw new MediaException(MediaFault.Unreadable, $"its description alone is longer than {LongestReport >> 20} MB; " +
                    "save it again without metadata");
            }
        }
    }

    private static async Task ReadProgressAsync(
        Stream output,
        TimeSpan expected,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(output, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (progress is not null
                && expected > TimeSpan.Zero
                && line.StartsWith("out_time_us=", StringComparison.Ordinal)
                && long.TryParse(line.AsSpan(12), out var microseconds))
            {
                progress.Report(Math.Clamp(microseconds / expected.TotalMicroseconds, 0, 1));
            }
        }
    }

    private static void ThrowUnlessEndedWell(ChildProcessResult result, TimeSpan timeout)
    {
        if (result.TimedOut)
        {
            throw new MediaException(MediaFault.ToolFailed,
                $"ffmpeg did not finish within {timeout.TotalSeconds:0} s and was stopped. Ask for a shorter or smaller clip.");
        }
        if (result.ExitCode == 0)
        {
            return;
        }
        var tail = result.ErrorTail;
        if (tail.Contains("No space left on device", StringComparison.Ordinal)
            || tail.Contains("Disk quota exceeded", StringComparison.Ordinal))
        {
            throw new MediaException(MediaFault.StorageFull, "The disk is full: the render was stopped and its partial file removed. " +
                "Free some space and ask again; local renders cost nothing.");
        }
        if (tail.Contains("Read-only file system", StringComparison.Ordinal)
            || tail.Contains("Permission denied", StringComparison.Ordinal))
        {
            throw new MediaException(MediaFault.StorageFull,
                "The library folder can't be written. Make it writable or set I2V_HOME to another folder.");
        }
        if (tail.Contains("Cannot allocate memory", StringComparison.Ordinal))
        {
            throw new MediaException(MediaFault.Unreadable, "it asks for more memory than a picture or clip may take here; make it " +
                "smaller or shorter");
        }
        if (result.ExitCode is PastProcessorTime or PastFileSize)
        {
            throw new MediaException(MediaFault.ToolFailed, "ffmpeg was stopped: it " +
                $"{(result.ExitCode == PastFileSize ? "wrote a longer file" : "worked longer")} than is allowed here. " +
                "Ask for a shorter or smaller clip.");
        }
        if (result.ExitCode >= 128)
        {
            throw new MediaException(MediaFault.ToolFailed,
                "ffmpeg was stopped from outside before it was done. Ask again; local renders cost nothing.");
        }
        throw new MediaException(MediaFault.Unreadable, $"ffmpeg could not read or render this: {Shorten(tail)}; try the " +
            "file saved anew in another format, or fewer edits");
    }

    private static string Shorten(string tail)
    {
        var lines = tail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var last = lines.Length == 0 ? "no reason given" : string.Join("; ", lines.TakeLast(2));
        // Names and metadata of the file are in it.
        return ForeignText.Quote(last, 300);
    }
}
