using System.Diagnostics;

namespace McpI2V.EndToEnd;

/// <summary>Runs a program to its end.</summary>
public static class Shell
{
    public static async Task<(int Code, string Output, string Error)> RunAsync(
        string program,
        string arguments,
        IReadOnlyDictionary<string, string>? environment = null,
        TimeSpan? timeout = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var stop = new CancellationTokenSource(timeout ?? TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(stop.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        return (process.ExitCode, await output, await error);
    }

    /// <summary>True if a process ends by itself before that.</summary>
    public static async Task<bool> IsOverAsync(this Process process, TimeSpan patience)
    {
        using var stop = new CancellationTokenSource(patience);
        await process.WaitForExitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return process.HasExited;
    }

    public static async Task FfmpegAsync(string arguments)
    {
        var (code, _, error) = await RunAsync("ffmpeg", "-v error -y " + arguments);
        Assert.True(code == 0, error);
    }

    public static async Task<string> ProbeAsync(string path, string entries) =>
        (await RunAsync("ffprobe", $"-v error -of default=nw=1:nk=0 -show_entries {entries} \"{path}\"")).Output;
}
