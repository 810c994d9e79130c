using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>A request that this process sends.</summary>
internal sealed class ReadyRequest(IProvider provider, PreparedRequest prepared) : IReadyRequest
{
    /// <inheritdoc/>
    public JsonObject? Body => prepared.Sent;

    /// <inheritdoc/>
    public Task<Submission> SendAsync(CancellationToken leaving) => provider.SubmitAsync(prepared, CancellationToken.None);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
