using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// Clips of other makers' models by <c>v1/flows/video</c>. There is no cancel and no idempotency key; the list names no prompt, so that a
/// lost request can't be told from another of the same model: it stays unconfirmed.
/// </summary>
internal sealed class ElevenLabsFlows(ProviderHttp http, ElevenLabsErrors errors, ElevenLabsAssets assets, bool isCalledBack)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>The request, with its files uploaded.</summary>
    public async Task<ElevenLabsRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        var name = await OrderInputs.NamedAsync(order, input => assets.NameOfAsync(input, jobCancelled));
        var body = JsonWire.Body(order, input => new JsonObject { ["type"] = "asset", ["asset_id"] = name(input) });
        if (isCalledBack)
        {
            body["webhook"] = new JsonObject { ["type"] = "all" };
        }
        return new ElevenLabsRequest(order, http.At(JsonWire.PathOf(order)), () => JsonRequest.Content(body));
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(Func<HttpRequestMessage> request, CancellationToken finishing) =>
        http.SubmitOnceAsync(
            request,
            errors.Judge,
            Timeout,
            given => given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null,
            finishing);

    /// <summary>How it stands.</summary>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = http.At("v1/flows/video/" + Uri.EscapeDataString(task.Id));
        if (await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = answer.Json;
        return now?["status"]?.ToString() switch
        {
            "completed" => new RemoteStatus { State = RemoteState.Done, Outputs = Outputs(now, order) },
            "failed" => RemoteStatus.Failed(errors.OfVideo(now), 0),
            "pending" => RemoteStatus.Waiting,
            _ => RemoteStatus.Working(),
        };
    }

    // Each look signs a new address, which lives for an hour.
    private static IReadOnlyList<RemoteOutput> Outputs(JsonObject made, GenerationOrder order) =>
        Uri.TryCreate(made["content_url"]?.ToString(), UriKind.Absolute, out var address)
            ? [new RemoteOutput(order.Capability.Makes(), address)]
            : [];
}
