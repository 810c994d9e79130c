using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>fal's queue: one request a result, looked up by id, results on fal's own delivery network.</summary>
internal sealed class FalProvider(
    ProviderOptions options,
    ProviderHttp http,
    FalErrors errors,
    FalUploads uploads,
    FalPrices prices,
    FalHistory history,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The queue's host.</summary>
    public static readonly Uri Queue = new("https://queue.fal.run");

    /// <summary>The host of models and prices.</summary>
    public static readonly Uri Api = new("https://api.fal.ai");

    // A week, so that a result can be fetched after a holiday; fal keeps it longer unless told.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>How fal may be used: ten runs at once for a new account (fal.ai docs, 2026-11); no limit on looks is documented.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 10,
        PollEvery = TimeSpan.FromSeconds(1),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanCancel = true,
        CanFind = true,
        KeepsFor = Kept,
    };

    private static readonly string Lifecycle = string.Create(
        CultureInfo.InvariantCulture,
        $$"""{"expiration_duration_seconds":{{Kept.TotalSeconds:0}}}""");
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);
    private const int FailuresToBelieve = 5;
    private const decimal MostUnits = 1_000_000;
    private readonly ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var named = await OrderInputs.NamedAsync(order, input => uploads.AddressOfAsync(input, jobCancelled));
        var word = Options.WebhookUrl is { } webhook ? $"?fal_webhook={Uri.EscapeDataString(webhook.AbsoluteUri)}" : "";
        return new JsonRequest(order, http.At(JsonWire.PathOf(order) + word), JsonWire.Body(order, input => named(input)));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, body) = request is JsonRequest json
            ? (json.Address, json.Body)
            : throw new ArgumentException("not fal's", nameof(request));
        return await http.SubmitOnceAsync(
            () =>
            {
                var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonRequest.Content(body) };
                message.Headers.Add("X-Fal-Object-Lifecycle-Preference", Lifecycle);
                http.Authorize(message);
                return message;
            },
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        RemoteTask? Named(JsonObject body) => body["request_id"]?.ToString() is { Length: > 0 } id ? TaskOf(request.Order, id) : null;
    }

    /// <inheritdoc/>
    public Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        history.FindAsync(JsonWire.PathOf(lost.Order), lost, id => TaskOf(lost.Order, id), jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await http.GetStatusAsync(() => Get($"{task.Path}/status?logs=0"), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        return answer.Json?["status"]?.ToString() switch
        {
            "COMPLETED" => await ResultAsync(task, order, jobCancelled),
            "CANCELLED" or "CANCELED" => new RemoteStatus { State = RemoteState.Canceled },
            "IN_QUEUE" => RemoteStatus.Waiting,
            // A word that fal may add one day is no end.
            _ => RemoteStatus.Working(),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => http.AskAsync(
        () => http.Request(HttpMethod.Put, http.At($"{task.Path}/cancel")),
        errors.Judge,
        jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalForNothingAsync(async () =>
    {
        // A run that never was: 404 with a good key, 401 with a wrong one, and nothing is charged.
        await http.AskAsync(() => Get($"fal-ai/wan-i2v/requests/{Guid.Empty}/status"), errors.Judge, cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<RemoteStatus> ResultAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        ProviderAnswer? answer;
        ProviderAnswer? last = null;
        try
        {
            answer = await http.GetStatusAsync(() => Get(task.Path!), given => errors.JudgeResult(last = given), jobCancelled);
        }
        catch (ProviderException) when (last is { Status: >= HttpStatusCode.InternalServerError }
            && FalErrors.SaysWhy(last)
            && failures.AddOrUpdate(task.Id, 1, (_, n) => n + 1) >= FailuresToBelieve)
        {
            failures.TryRemove(task.Id, out _);
            return RemoteStatus.Failed(errors.OfRun(last), 0);
        }
        if (answer is null)
        {
            return RemoteStatus.Gone;
        }
        failures.TryRemove(task.Id, out _);
        if (!answer.IsSuccess)
        {
            return (int)answer.Status == 499
                ? new RemoteStatus { State = RemoteState.Canceled }
                : RemoteStatus.Failed(errors.OfRun(answer), 0);
        }
        var result = answer.Json!;
        return new RemoteStatus
        {
            State = RemoteState.Done,
            Outputs = FalResults.Outputs(result, JsonWire.FromOrder(order).OwnWords(FalJson.Default.FalWire).Output),
            Seed = result["seed"] is JsonValue seed && seed.TryGetValue<long>(out var number) ? number : null,
            CostUsd = decimal.TryParse(answer.Header("x-fal-billable-units"), CultureInfo.InvariantCulture, out var units)
                && units is >= 0 and <= MostUnits
                ? await prices.CostAsync(order, JsonWire.PathOf(order), units, jobCancelled)
                : null,
        };
    }

    private HttpRequestMessage Get(string path) => http.Request(HttpMethod.Get, http.At(path));

    private static RemoteTask TaskOf(GenerationOrder order, string id) => new(
        id,
        $"{Home(JsonWire.PathOf(order))}/requests/{Uri.EscapeDataString(id)}");

    // Requests live under owner and alias; the rest of an endpoint's id is a path inside the app (@fal-ai/client, utils.js).
    private static string Home(string endpoint)
    {
        var parts = endpoint.Split('/');
        return string.Join('/', parts.Take(parts[0] is "workflows" or "comfy" ? 3 : 2));
    }
}
