using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Hosting;
using McpI2V.Hosting.Stdio;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Commands;

/// <summary>The server on standard input and output.</summary>
internal static class Serve
{
    /// <summary>Serves until the client closes our input, or is gone.</summary>
    /// <param name="role">The role that the command line gives; null: none.</param>
    public static async Task<int> OverStdioAsync(NodeRole? role)
    {
        if (OpenFiles.WhyTooFew is { } tooFew)
        {
            await Console.Error.WriteLineAsync(tooFew);
            return 1;
        }
        var warmUp = ProtocolWarmUp.RunAsync();
        await StdioHost.Build(role).RunAsync();
        await warmUp;
        return 0;
    }
}
