using McpI2V.Hosting;
using McpI2V.Hosting.Stdio;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Commands;

/// <summary>The server on standard input and output.</summary>
internal static class Serve
{
    /// <summary>Serves until the client closes our input, or is gone.</summary>
    public static async Task<int> OverStdioAsync()
    {
        if (OpenFiles.WhyTooFew is { } tooFew)
        {
            await Console.Error.WriteLineAsync(tooFew);
            return 1;
        }
        var warmUp = ProtocolWarmUp.RunAsync();
        await StdioHost.Build().RunAsync();
        await warmUp;
        return 0;
    }
}
