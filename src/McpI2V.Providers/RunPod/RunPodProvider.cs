using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.RunPod;

/// <summary>RunPod's serverless and public endpoints: an endpoint a model, jobs by id, inputs inside the request.</summary>
internal sealed class RunPodProvider(ProviderOptions options, ProviderHttp http, RunPodErrors errors, ApiKeyCheck key)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://api.runpod.ai");

    /// <summary>How RunPod may be used; no limit on looks is documented, so they are kept rare.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(3),
        PollAtMost = TimeSpan.FromSeconds(15),
        CanCancel = true,
    };

    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var named = await OrderInputs.NamedAsync(order, input => DataUri.OfAsync(input, jobCancelled));
        var input = JsonWire.Body(order, given => named(given));
        return new JsonRequest(order, http.At($"v2/{JsonWire.PathOf(order)}/run"), new JsonObject { ["input"] = input });
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, body) = request is JsonRequest json
            ? (json.Address, json.Body)
            : throw new ArgumentException("not RunPod's", nameof(request));
        return await http.SubmitOnceAsync(
            () => Request(HttpMethod.Post, address, body),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        RemoteTask? Named(JsonObject given) =>
            given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id, JsonWire.PathOf(request.Order)) : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = http.At($"v2/{task.Path}/status/{Uri.EscapeDataString(task.Id)}");
        if (await http.GetStatusAsync(() => Request(HttpMethod.Get, address, null), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var job = answer.Json;
        return job?["status"]?.ToString() switch
        {
            "COMPLETED" => new RemoteStatus { State = RemoteState.Done, Outputs = Outputs(job["output"]), CostUsd = Cost(job["output"]) },
            "FAILED" => RemoteStatus.Failed(errors.OfJob(job), Cost(job["output"]) ?? 0),
            "TIMED_OUT" => RemoteStatus.Failed(
                new ProviderException(ErrorCode.ProviderFailed, "runpod gave it up after its own time limit", Acceptance.Yes),
                Cost(job["output"]) ?? 0),
            "CANCELLED" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = Cost(job["output"]) ?? 0 },
            "IN_QUEUE" => RemoteStatus.Waiting,
            _ => RemoteStatus.Working(),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        http.AskAsync(
            () => Request(HttpMethod.Post, http.At($"v2/{task.Path}/cancel/{Uri.EscapeDataString(task.Id)}"), null),
            errors.Judge,
            jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        await http.AskAsync(() => Request(HttpMethod.Get, http.At("v2/wan-2-1-i2v-720/health"), null), errors.Judge, cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, Uri address, JsonObject? body) =>
        http.Request(method, address, body is null ? null : JsonRequest.Content(body));

    // Public endpoints answer {result: url, cost: usd}; a user's own worker may name it otherwise, or answer the address alone.
    private static IReadOnlyList<RemoteOutput> Outputs(JsonNode? output)
    {
        var named = output is JsonObject result ? result["result"] ?? result["video_url"] ?? result["video"] ?? result["url"] : output;
        named = named is JsonObject inner ? inner["url"] : named;
        return Uri.TryCreate(named?.ToString(), UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? [new RemoteOutput(MediaKind.Clip, uri)]
            : [];
    }

    private static decimal? Cost(JsonNode? output) =>
        output is JsonObject result && result["cost"] is JsonValue cost && cost.TryGetValue<decimal>(out var usd) ? usd : null;
}
