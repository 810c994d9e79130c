using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace McpI2V.Media.Processes;

/// <summary>The one place where a process is started. A child always ends with its call.</summary>
public static class ChildProcess
{
    private const int ErrorTailChars = 4096;

    // A child gets what it needs to run and to find fonts, and none of the keys that our own environment may hold.
    private static readonly string[] InheritedVariables =
    [
        "PATH", "HOME", "USERPROFILE", "LANG", "LC_ALL", "TMPDIR", "TEMP", "TMP", "SystemRoot", "windir", "LOCALAPPDATA",
        "FONTCONFIG_PATH", "FONTCONFIG_FILE", "XDG_CACHE_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH",
        // This program itself, when it is the child.
        "DOTNET_ROOT",
    ];

    /// <summary>Runs a program to its end.</summary>
    /// <exception cref="MediaException">The program can't be started (<see cref="MediaFault.ToolMissing"/>).</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled; the child and its children are gone.</exception>
    public static async Task<ChildProcessResult> RunAsync(ChildProcessRequest request, CancellationToken cancellationToken)
    {
        using var watched = ProcessTelemetry.Begin(request.FileName);
        using var process = Start(request);
        // A process leaves its streams open to whoever took them in hand, until they are collected: two handles a child.
        using var standardOutput = process.StandardOutput;
        using var standardError = process.StandardError;
        using var held = Confinement.Hold(process, request.Limits, request.Timeout);
        using var record = ChildRecord.Keep(process, request.WorkingDirectory);
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(request.Timeout);
        var errors = ReadTailAsync(standardError);
        var output = OrEndAsync(process, DrainAsync(process, request, timeout.Token));
        var feed = OrEndAsync(process, FeedAsync(process, request, timeout.Token));
        var timedOut = false;
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            timedOut = !cancellationToken.IsCancellationRequested;
            await EndAsync(process);
        }
        await SettleAsync(feed);
        await SettleAsync(output);
        var tail = await errors;
        cancellationToken.ThrowIfCancellationRequested();
        ThrowOwnFault(feed);
        ThrowOwnFault(output);
        var result = new ChildProcessResult(process.ExitCode, tail, timedOut);
        watched.End(result);
        return result;
    }

    private static Process Start(ChildProcessRequest request)
    {
        var start = new ProcessStartInfo(request.FileName)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = request.WorkingDirectory ?? "",
            StandardErrorEncoding = Encoding.UTF8,
        };
        foreach (var argument in request.Arguments)
        {
            start.ArgumentList.Add(argument);
        }
        foreach (var name in start.Environment.Keys.Except(InheritedVariables, StringComparer.OrdinalIgnoreCase).ToList())
        {
            start.Environment.Remove(name);
        }
        if (request.WorkingDirectory is { } folder)
        {
            start.Environment[ChildRecord.Mark] = folder;
        }
        try
        {
            return Confinement.Start(start, request.WithNetwork)
                ?? throw new MediaException(MediaFault.ToolMissing, $"{request.FileName} did not start. Run ./i2v doctor.");
        }
        catch (Win32Exception e)
        {
            throw new MediaException(
                MediaFault.ToolMissing,
                $"{Path.GetFileName(request.FileName)} could not be started ({e.Message}). " +
                    "Install it (apt install ffmpeg, brew install ffmpeg, winget install Gyan.FFmpeg) and run ./i2v doctor.",
                e);
        }
    }

    private static async Task FeedAsync(Process process, ChildProcessRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request.Feed is { } feed)
            {
                await feed(process.StandardInput.BaseStream, cancellationToken);
            }
        }
        finally
        {
            try
            {
                process.StandardInput.Close();
            }
            catch (IOException)
            {
                // The child closed its end first; its exit code tells why.
            }
        }
    }

    // What feeds or reads a child may find that there is no use in going on; a pipe that breaks is told by the child's own end.
    private static async Task OrEndAsync(Process process, Task talk)
    {
        try
        {
            await talk;
        }
        catch (Exception e) when (e is not OperationCanceledException and not IOException)
        {
            await EndAsync(process);
            throw;
        }
    }

    private static void ThrowOwnFault(Task talk)
    {
        if (talk.IsFaulted && talk.Exception.InnerException is { } fault and not IOException)
        {
            ExceptionDispatchInfo.Throw(fault);
        }
    }

    private static async Task DrainAsync(Process process, ChildProcessRequest request, CancellationToken cancellationToken)
    {
        var output = process.StandardOutput.BaseStream;
        if (request.Drain is { } drain)
        {
            await drain(output, cancellationToken);
        }
        await output.CopyToAsync(Stream.Null, cancellationToken);
    }

    private static async Task<string> ReadTailAsync(StreamReader reader)
    {
        var tail = new StringBuilder();
        var buffer = new char[1024];
        int read;
        while ((read = await reader.ReadAsync(buffer)) > 0)
        {
            tail.Append(buffer, 0, read);
            if (tail.Length > 2 * ErrorTailChars)
            {
                tail.Remove(0, tail.Length - ErrorTailChars);
            }
        }
        return tail.ToString();
    }

    private static async Task EndAsync(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It ended by itself in between.
        }
        await process.WaitForExitAsync(CancellationToken.None);
    }

    private static async Task SettleAsync(Task task)
    {
        // Broken pipes and cancellations of a helper are told by the child's own end.
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
