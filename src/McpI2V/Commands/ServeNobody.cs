using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Commands;

/// <summary>A node in the role render: it does jobs until it is told to stop.</summary>
internal static class ServeNobody
{
    /// <summary>Does jobs.</summary>
    /// <param name="health">Where it tells of its health; null: nowhere.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<int> RunAsync(ListenPolicy? health, CancellationToken cancellationToken)
    {
        if (OpenFiles.WhyTooFew is { } tooFew)
        {
            await Console.Error.WriteLineAsync(tooFew);
            return 1;
        }
        try
        {
            var host = RenderHost.Build(health);
            await using var ends = (IAsyncDisposable)host;
            var node = host.Services.GetRequiredService<NodeOptions>();
            await host.StartAsync(cancellationToken);
            host.Services.GetRequiredService<JobRunner>().Start();
            await Console.Error.WriteLineAsync($"Doing jobs as {node.Name}" +
                (health is null ? "" : $"; its health is told on {health.Url.AbsoluteUri.TrimEnd('/')}/readyz"));
            await host.WaitForShutdownAsync(cancellationToken);
            return 0;
        }
        catch (I2VException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }
    }
}
