using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Higgsfield;

/// <summary>
/// Higgsfield's API: one shape for every model, its path the model's id and its body the model's input. Addresses that answers name for
/// looking and canceling are not followed: the id is enough, and credentials go nowhere but to the API's own host.
/// </summary>
internal sealed class HiggsfieldProvider(
    ProviderOptions options,
    ProviderHttp http,
    HiggsfieldErrors errors,
    ModelSchemas models,
    HiggsfieldEstimates estimates,
    InputUploads uploads,
    ApiKeyCheck key,
    TimeProvider time) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API.</summary>
    public static readonly Uri Api = new("https://api.higgsfield.ai");

    /// <summary>
    /// How Higgsfield may be used: so many requests at once by account and model, 2 to 20 as people saw; results are kept for seven days
    /// at least (docs as copied, 2026-10).
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 4,
        PollEvery = TimeSpan.FromSeconds(2),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanCancel = true,
        CanFind = true,
        KeepsFor = TimeSpan.FromDays(7),
    };

    // How long a key is remembered is not published: an hour is less than anybody forgets one, and a lost answer is asked for at once.
    private static readonly TimeSpan KeyLives = TimeSpan.FromHours(1);
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);

    /// <inheritdoc/>
    public string Answered => "the key is accepted (no balance is told); any of its models by higgsfield:<model id>";

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        var path = JsonWire.PathOf(order);
        return ModelPath.IsOne(path)
            ? SchemaReview.Of(
                order,
                $"console.higgsfield.ai/models/{path}",
                $"What {order.Model.Id} costs is a guess: higgsfield is asked for its price before it is sent, what is dearer is not " +
                    "sent, and what is cheaper is settled so. A row in models.json sets it.")
            : throw I2VException.Invalid(
                "model",
                $"{ForeignText.Quote(path, 120)} is no model of Higgsfield: they are paths such as kling-video/v3.0/std/image-to-video. " +
                    "Nothing was spent.");
    }

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var (asked, now) = await models.AskedAsync(order, jobCancelled);
        PriceCheck.Require(Name, order, await estimates.OfAsync(asked, now, jobCancelled));
        var named = await OrderInputs.NamedAsync(order, input => uploads.NameOfAsync(input, jobCancelled));
        return new JsonRequest(order, http.At(JsonWire.PathOf(order)), JsonWire.Body(asked, input => named(input)));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as JsonRequest ?? throw new ArgumentException("not Higgsfield's", nameof(request));
        try
        {
            return await http.SubmitOnceAsync(() => Post(mine.Order, mine.Body), errors.Judge, SubmitTimeout, Named, finishing);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            // The model may have changed a moment ago, and an upload may be gone.
            models.Forget(JsonWire.PathOf(mine.Order));
            uploads.Forget(mine.Order);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        if (lost.Body is not { } body || time.GetUtcNow() - lost.SentAt > KeyLives)
        {
            return null;
        }
        // The same key and the same body: answered with the request that it was, or taken now for the first time. Paid once either way.
        var answer = await http.AskAsync(() => Post(lost.Order, body), errors.Judge, jobCancelled);
        return Named(answer.Json!) is { } task && !lost.IsTaken(task.Id) ? task : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = At(task.Id, "status");
        if (await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = HiggsfieldRequestState.Read(answer);
        return now.Status switch
        {
            "completed" => new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = OrderOutputs.At(order, now.Results.Distinct()),
                CostUsd = await CostAsync(order, jobCancelled),
            },
            "failed" or "nsfw" => RemoteStatus.Failed(errors.OfRequest(now), 0),
            "canceled" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = 0 },
            "queued" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        http.AskAsync(() => http.Request(HttpMethod.Post, At(task.Id, "cancel")), errors.JudgeCancel, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalForNothingAsync(async () =>
    {
        // A request that never was: 404 with a good key, 401 with a wrong one, and nothing is charged.
        await http.AskAsync(
            () => http.Request(HttpMethod.Get, At(Guid.Empty.ToString(), "status")),
            errors.Judge,
            cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static RemoteTask? Named(JsonObject given) => given["request_id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null;

    private Uri At(string id, string what) => http.At($"requests/{Uri.EscapeDataString(id)}/{what}");

    private HttpRequestMessage Post(GenerationOrder order, JsonObject body) =>
        http.Request(HttpMethod.Post, http.At(JsonWire.PathOf(order)), JsonRequest.Content(body), order.Key);

    // No answer names a cost: what Higgsfield says of the same request is what is charged; else the row's price counts.
    private async Task<decimal?> CostAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        try
        {
            var model = await models.FindAsync(JsonWire.PathOf(order), jobCancelled);
            return await estimates.OfAsync(ModelSchemas.AsNow(order, model), model, jobCancelled);
        }
        catch (ProviderException)
        {
            return null;
        }
    }
}
