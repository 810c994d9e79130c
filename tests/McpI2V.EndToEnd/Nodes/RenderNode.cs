using System.Diagnostics;

namespace McpI2V.EndToEnd.Nodes;

/// <summary>The built program as a node that does jobs and listens to nobody.</summary>
public sealed class RenderNode : IAsyncDisposable
{
    private readonly Process process;

    private RenderNode(Process process) => this.process = process;

    public static async Task<RenderNode> StartAsync(TestLibrary library, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(Assistant.ProgramPath, "serve --role render")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        start.Environment["I2V_HOME"] = library.Home;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        var said = await process.StandardError.ReadLineAsync();
        Assert.StartsWith("Doing jobs as ", said, StringComparison.Ordinal);
        _ = process.StandardError.ReadToEndAsync();
        return new RenderNode(process);
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
