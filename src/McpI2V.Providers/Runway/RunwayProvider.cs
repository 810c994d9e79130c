using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Runway;

/// <summary>Runway's tasks: one request a result, looked up no sooner than every five seconds.</summary>
internal sealed class RunwayProvider(
    ProviderOptions options,
    ProviderHttp http,
    RunwayErrors errors,
    RunwayUploads uploads,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://api.dev.runwayml.com");

    /// <summary>The version of the API that is spoken.</summary>
    public const string Version = "2024-11-06";

    /// <summary>
    /// How Runway may be used: looks at most every 5 s (docs.dev.runwayml.com, tasks); beyond an account's tier tasks wait as THROTTLED.
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(5),
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
        var named = await OrderInputs.NamedAsync(order, input => uploads.NameOfAsync(input, jobCancelled));
        var own = JsonWire.FromOrder(order).OwnWords(RunwayJson.Default.RunwayWire);
        var body = JsonWire.Body(order, input => named(input), body => Frames(body, own, order, named));
        if (own.Performance && order is { Clip: { } performance, References: [var character, ..] })
        {
            body["character"] = new JsonObject { ["type"] = "image", ["uri"] = named(character) };
            body["reference"] = new JsonObject { ["type"] = "video", ["uri"] = named(performance) };
        }
        return new JsonRequest(order, http.At("v1/" + JsonWire.PathOf(order)), body);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, body) = request is JsonRequest json
            ? (json.Address, json.Body)
            : throw new ArgumentException("not Runway's", nameof(request));
        return await http.SubmitOnceAsync(
            () => Request(HttpMethod.Post, address, body),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) => given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await http.GetStatusAsync(() => Request(HttpMethod.Get, At(task), null), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = Read(answer);
        return now?.Status switch
        {
            "SUCCEEDED" => new RemoteStatus { State = RemoteState.Done, Outputs = Outputs(now, order), CostUsd = now.Cost?.Usd },
            "FAILED" => RemoteStatus.Failed(errors.OfTask(now.Failure, now.FailureCode), now.Cost?.Usd ?? 0),
            "CANCELLED" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = now.Cost?.Usd ?? 0 },
            "PENDING" or "THROTTLED" => RemoteStatus.Waiting,
            _ => RemoteStatus.Working(now?.Progress),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        http.AskAsync(() => Request(HttpMethod.Delete, At(task), null), errors.Judge, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        await http.AskAsync(() => Request(HttpMethod.Get, http.At("v1/organization"), null), errors.Judge, cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private Uri At(RemoteTask task) => http.At("v1/tasks/" + Uri.EscapeDataString(task.Id));

    private HttpRequestMessage Request(HttpMethod method, Uri address, JsonObject? body)
    {
        var request = new HttpRequestMessage(method, address) { Content = body is null ? null : JsonRequest.Content(body) };
        request.Headers.Add("X-Runway-Version", Version);
        http.Authorize(request);
        return request;
    }

    private static bool Frames(JsonObject body, RunwayWire own, GenerationOrder order, Func<OrderInput, string> named)
    {
        if (own.Positions is not { } place || order.Image is not { } first)
        {
            return false;
        }
        place.Put(body, order.EndImage is { } last
            ? new JsonArray(Frame(first, "first"), Frame(last, "last"))
            : own.PositionsAlways
            ? new JsonArray(Frame(first, "first"))
            : JsonValue.Create(named(first)));
        return true;

        JsonNode Frame(OrderInput input, string position) => new JsonObject { ["uri"] = named(input), ["position"] = position };
    }

    private static IReadOnlyList<RemoteOutput> Outputs(RunwayTask task, GenerationOrder order)
    {
        return [.. (task.Output ?? [])
            .Select(o => Uri.TryCreate(o, UriKind.Absolute, out var uri) ? uri : null)
            .OfType<Uri>()
            .Select(uri => new RemoteOutput(order.Capability.Makes(), uri))];
    }

    private static RunwayTask? Read(ProviderAnswer answer) => answer.Read(RunwayTaskJson.Default.RunwayTask, "runway");
}
