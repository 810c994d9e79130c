using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Replicate;

/// <summary>
/// Replicate: any model by its id, each with inputs of its own. They are held against the schema that the model has at the moment before
/// anything is uploaded or paid: what a model does not know it may take no notice of, and make something else.
/// </summary>
internal sealed class ReplicateProvider(
    ProviderOptions options,
    ProviderHttp http,
    ReplicateErrors errors,
    ModelSchemas models,
    ReplicateFiles files,
    ReplicateHistory history,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API.</summary>
    public static readonly Uri Api = new("https://api.replicate.com/v1");

    // A run may take half an hour; what waits for its turn longer than this ends there by itself, without cost.
    private static readonly TimeSpan EndsAfter = TimeSpan.FromMinutes(45);

    /// <summary>
    /// How Replicate may be used: 600 predictions and 3,000 looks a minute (rate limits page, 2025-10); results are erased after an hour.
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 10,
        PollEvery = TimeSpan.FromSeconds(1),
        PollAtMost = TimeSpan.FromSeconds(5),
        CanCancel = true,
        CanFind = true,
        KeepsFor = TimeSpan.FromHours(1),
        GiveUpAfter = EndsAfter + TimeSpan.FromHours(1),
    };

    private static readonly string CancelAfter = string.Create(CultureInfo.InvariantCulture, $"{EndsAfter.TotalSeconds:0}s");
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);
    private string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        if (ReplicateModelId.Parse(JsonWire.PathOf(order)) is null)
        {
            throw I2VException.Invalid(
                "model",
                $"{ForeignText.Quote(JsonWire.PathOf(order), 120)} is no model of Replicate: they are owner/name, or owner/name:version " +
                    "with a version of 64 hex digits. Nothing was spent.");
        }
        var page = $"replicate.com/{order.VendorModel}";
        var settled = ModelSchemas.OwnWords(order).SecondUsd is null ? "" : "; it is settled by the seconds it takes, as if on an H100";
        return SchemaReview.Of(
            order,
            page,
            $"Replicate's API tells no prices: what {order.Model.Id} costs is a guess, told on {page}{settled}. A row in models.json " +
                "sets it.");
    }

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var id = IdOf(order);
        var (asked, now) = await models.AskedAsync(order, jobCancelled);
        var named = await OrderInputs.NamedAsync(order, input => files.NameOfAsync(input, jobCancelled));
        var body = new JsonObject { ["input"] = JsonWire.Body(asked, input => named(input)) };
        if (Options.WebhookUrl is { } webhook)
        {
            body["webhook"] = webhook.AbsoluteUri;
            body["webhook_events_filter"] = new JsonArray("completed");
        }
        if (now is null or { SecondUsd: null })
        {
            return new JsonRequest(order, http.At($"models/{id.Model}/predictions"), body);
        }
        // The version whose schema was read: it can't change on the way.
        body["version"] = now.Version ?? id.ToString();
        return new JsonRequest(order, http.At("predictions"), body);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, body) = request is JsonRequest json
            ? (json.Address, json.Body)
            : throw new ArgumentException("not Replicate's", nameof(request));
        try
        {
            return await http.SubmitOnceAsync(
                () =>
                {
                    var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonRequest.Content(body) };
                    message.Headers.Add("Cancel-After", CancelAfter);
                    http.Authorize(message);
                    return message;
                },
                errors.Judge,
                SubmitTimeout,
                Named,
                finishing);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            // The model may have changed a moment ago, and an upload may be gone.
            models.Forget(JsonWire.PathOf(request.Order));
            files.Forget(request.Order);
            throw;
        }

        static RemoteTask? Named(JsonObject given) => given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null;
    }

    /// <inheritdoc/>
    public Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        history.FindAsync(IdOf(lost.Order).Model, lost, jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await http.GetStatusAsync(() => Request(HttpMethod.Get, At(task)), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = ReplicatePrediction.Read(answer);
        return now.Status switch
        {
            "succeeded" when now.DataRemoved == true => RemoteStatus.Failed(
                new ProviderException(
                    ErrorCode.ProviderFailed,
                    "replicate had made it and has erased it: it keeps results for an hour, and nobody fetched it in time",
                    Acceptance.Yes),
                Took(now, order) ?? Listed(order)),
            "succeeded" => new RemoteStatus { State = RemoteState.Done, Outputs = Outputs(now, order), CostUsd = Took(now, order) },
            "failed" => RemoteStatus.Failed(errors.OfPrediction(now), Took(now, order) ?? 0),
            // It had not begun.
            "aborted" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = 0 },
            "canceled" => new RemoteStatus
            {
                State = RemoteState.Canceled,
                // What had begun is charged (deadlines page, 2025-10); how much of a price by result is not told, so all of it counts.
                CostUsd = now.StartedAt is null ? 0 : Took(now, order) ?? Listed(order),
            },
            "starting" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(now.Progress),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        http.AskAsync(() => Request(HttpMethod.Post, At(task, "/cancel")), errors.Judge, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: true, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        var account = await http.AskAsync(() => Request(HttpMethod.Get, http.At("account")), errors.Judge, cancellationToken);
        var who = http.Safe(account.Json?["username"]?.ToString());
        answered = $"the key of {who} is accepted; any model there by replicate:owner/name";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static ReplicateModelId IdOf(GenerationOrder order) => ReplicateModelId.Parse(JsonWire.PathOf(order))
        ?? throw new ProviderException(ErrorCode.UnsupportedByModel, "the row names no model of Replicate", Acceptance.No);

    // What the time of a machine costs; null where a result has a price.
    private static decimal? Took(ReplicatePrediction now, GenerationOrder order) =>
        ModelSchemas.OwnWords(order).SecondUsd is { } usd && now.Metrics?.PredictTime is double seconds and >= 0 and <= 86_400
            ? decimal.Round(usd * (decimal)seconds, 6)
            : null;

    private static decimal Listed(GenerationOrder order) => order.Model.Price.For(order.Settings);

    // Addresses elsewhere than where results lie are words of the model, not results.
    private IReadOnlyList<RemoteOutput> Outputs(ReplicatePrediction made, GenerationOrder order) =>
        OrderOutputs.At(order, OutputFiles.Addresses(made.Output).Where(IsDelivery).Distinct());

    private bool IsDelivery(Uri address) => address.Host is "replicate.delivery"
        || address.Host.EndsWith(".replicate.delivery", StringComparison.Ordinal)
        || address.Authority.Equals(http.At("").Authority, StringComparison.OrdinalIgnoreCase);

    private Uri At(RemoteTask task, string what = "") => http.At($"predictions/{Uri.EscapeDataString(task.Id)}{what}");

    private HttpRequestMessage Request(HttpMethod method, Uri address) => http.Request(method, address);
}
