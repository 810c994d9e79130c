using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>A paid request that is ready to leave. Until it is sent nothing was paid, and giving it up is free.</summary>
public interface IReadyRequest : IAsyncDisposable
{
    /// <summary>What is sent, where it is JSON; null: it can't be found again by it.</summary>
    JsonObject? Body { get; }

    /// <summary>Sends it, once.</summary>
    /// <param name="leaving">The process ends. A request that is sent by this process is finished all the same; one that another sends is
    /// left to it.</param>
    /// <exception cref="ProviderException">It was not accepted, or nobody can tell
    /// (<see cref="ProviderException.Acceptance"/>).</exception>
    /// <exception cref="OperationCanceledException">It was left to the process that sends it.</exception>
    Task<Submission> SendAsync(CancellationToken leaving);
}
