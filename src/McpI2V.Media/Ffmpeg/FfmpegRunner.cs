using System.Text;
using McpI2V.Media.Processes;

namespace McpI2V.Media.Ffmpeg;

/// <summary>Runs ffmpeg and ffprobe and turns their endings into errors a person can act on.</summary>
public sealed class FfmpegRunner(FfmpegPrograms programs)
{
    /// <summary>Renders a command to a file, reporting progress from 0 to 1.</summary>
    internal async Task RenderAsync(FfmpegCommand command, string outputPath, MediaWork work, Func<Stream, CancellationToken, Task>? feed, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = programs.Ffmpeg,
                Arguments = command.To(outputPath),
                WorkingDirectory = work.Folder,
                Feed = feed,
                Drain = (output, token) => ReadProgressAsync(output, command.ExpectedDuration, work.Progress, token),
                Timeout = programs.Timeout,
            },
            cancellationToken);
        ThrowUnlessEndedWell(result, programs.Timeout);
    }

    /// <summary>Runs a command whose result is read from its standard output.</summary>
    internal async Task<byte[]> ReadAsync(FfmpegCommand command, MediaWork work, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await PipeAsync(command, work, (output, token) => output.CopyToAsync(bytes, token), cancellationToken);
        return bytes.ToArray();
    }

    /// <summary>Runs a command and hands its standard output to a reader.</summary>
    internal async Task PipeAsync(FfmpegCommand command, MediaWork work, Func<Stream, CancellationToken, Task> read, CancellationToken cancellationToken)
    {
        var result = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = programs.Ffmpeg,
                Arguments = command.ToPipe(),
                WorkingDirectory = work.Folder,
                Drain = read,
                Timeout = TimeSpan.FromMinutes(2),
            },
            cancellationToken);
        ThrowUnlessEndedWell(result, TimeSpan.FromMinutes(2));
    }

    /// <summary>Runs ffprobe and returns what it printed.</summary>
    internal async Task<string> ProbeAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var result = await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = programs.Ffprobe,
                Arguments = arguments,
                Drain = (output, token) => output.CopyToAsync(bytes, token),
                Timeout = TimeSpan.FromSeconds(60),
            },
            cancellationToken);
        ThrowUnlessEndedWell(result, TimeSpan.FromSeconds(60));
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>The first line of a program's own version report.</summary>
    /// <exception cref="MediaException">It is not installed.</exception>
    public async Task<string> VersionAsync(CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await ChildProcess.RunAsync(
            new ChildProcessRequest
            {
                FileName = programs.Ffmpeg,
                Arguments = ["-hide_banner", "-version"],
                Drain = (output, token) => output.CopyToAsync(bytes, token),
                Timeout = TimeSpan.FromSeconds(20),
            },
            cancellationToken);
        return Encoding.UTF8.GetString(bytes.ToArray()).Split('\n')[0].Trim();
    }

    private static async Task ReadProgressAsync(Stream output, TimeSpan expected, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(output, Encoding.UTF8, leaveOpen: true);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
        {
            if (progress is not null && expected > TimeSpan.Zero && line.StartsWith("out_time_us=", StringComparison.Ordinal) && long.TryParse(line.AsSpan(12), out var microseconds))
            {
                progress.Report(Math.Clamp(microseconds / expected.TotalMicroseconds, 0, 1));
            }
        }
    }

    private static void ThrowUnlessEndedWell(ChildProcessResult result, TimeSpan timeout)
    {
        if (result.TimedOut)
        {
            throw new MediaException(MediaFault.ToolFailed, $"ffmpeg did not finish within {timeout.TotalSeconds:0} s and was stopped. Ask for a shorter or smaller clip.");
        }
        if (result.ExitCode == 0)
        {
            return;
        }
        var tail = result.ErrorTail;
        if (tail.Contains("No space left on device", StringComparison.Ordinal) || tail.Contains("Disk quota exceeded", StringComparison.Ordinal))
        {
            throw new MediaException(MediaFault.StorageFull, "The disk is full: the render was stopped and its partial file removed. Free some space and ask again; local renders cost nothing.");
        }
        if (tail.Contains("Read-only file system", StringComparison.Ordinal) || tail.Contains("Permission denied", StringComparison.Ordinal))
        {
            throw new MediaException(MediaFault.StorageFull, "The library folder can't be written. Make it writable or set I2V_HOME to another folder.");
        }
        if (result.ExitCode >= 128)
        {
            throw new MediaException(MediaFault.ToolFailed, "ffmpeg was stopped from outside before it was done. Ask again; local renders cost nothing.");
        }
        throw new MediaException(MediaFault.Unreadable, "ffmpeg could not read or render this: " + Shorten(tail));
    }

    private static string Shorten(string tail)
    {
        var lines = tail.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var last = lines.Length == 0 ? "no reason given" : string.Join("; ", lines.TakeLast(2));
        return last.Length <= 300 ? last : last[..300];
    }
}
