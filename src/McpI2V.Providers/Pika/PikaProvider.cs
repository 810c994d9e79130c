using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Pika;

/// <summary>
/// Pika's own API, which also has most other makers' models: every operation is asked by its id, its inputs and its price are read before.
/// There is no cancel and no list; a lost request is found by sending it again under its key.
/// </summary>
internal sealed class PikaProvider(
    ProviderOptions options,
    ProviderHttp http,
    PikaErrors errors,
    ModelSchemas models,
    InputUploads uploads,
    ApiKeyCheck key,
    TimeProvider time) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API.</summary>
    public static readonly Uri Api = new("https://api.dev.pika.art");

    /// <summary>How Pika may be used: no numbers are published; clients look every two or three seconds (2026-08 to 2026-10).</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(2),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanFind = true,
    };

    // How long a key is remembered is not published: an hour is less than anybody forgets one, and a lost answer is asked for at once.
    private static readonly TimeSpan KeyLives = TimeSpan.FromHours(1);
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);
    private const decimal Millionth = 0.000001m;
    private string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        var path = JsonWire.PathOf(order);
        return ModelPath.IsOne(path)
            ? SchemaReview.Of(
                order,
                $"dev.pika.art/models/{path}",
                $"Pika's catalogue does not say what {order.Model.Id} costs in a way that is understood here: the price is a guess. A " +
                    "row in models.json sets it.")
            : throw I2VException.Invalid(
                "model",
                $"{ForeignText.Quote(path, 120)} is no operation of Pika: they are written as in its catalogue, such as " +
                    "pika/pika-2.5/image-to-video. Nothing was spent.");
    }

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var (asked, now) = await models.AskedAsync(order, jobCancelled);
        PriceCheck.Require(Name, order, now is null ? null : PikaPrices.Quote(now, asked));
        var named = await OrderInputs.NamedAsync(order, input => uploads.NameOfAsync(input, jobCancelled));
        return new PikaRequest(order, JsonWire.PathOf(order), JsonWire.Body(asked, input => named(input)));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as PikaRequest ?? throw new ArgumentException("not Pika's", nameof(request));
        PikaJob? job = null;
        try
        {
            var taken = await http.SubmitOnceAsync(
                () => Post(mine.Path, mine.Key, mine.Input),
                errors.Judge,
                SubmitTimeout,
                body => (job = PikaJob.Read(body)) is { Id.Length: > 0 } named ? new RemoteTask(named.Id) : null,
                finishing);
            if (job?.Status != "failed")
            {
                return taken;
            }
            // A refusal for money or rate is answered as a job that has failed already: it was never begun, and its key is used up.
            mine.TakeANewKey();
            throw errors.OfJob(job, Acceptance.No);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            // The operation may have changed a moment ago, and an upload may be gone.
            models.Forget(mine.Path);
            uploads.Forget(mine.Order);
            throw;
        }
    }

    /// <inheritdoc/>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        if (PikaRequest.Kept(lost.Body) is not var (sent, input) || time.GetUtcNow() - lost.SentAt > KeyLives)
        {
            return null;
        }
        // The same key and the same body: answered with the job that it was, or taken now for the first time. Paid once either way.
        var answer = await http.AskAsync(() => Post(JsonWire.PathOf(lost.Order), sent, input), errors.Judge, jobCancelled);
        return PikaJob.Read(answer).Id is { Length: > 0 } id && !lost.IsTaken(id) ? new RemoteTask(id) : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = http.At("v1/media/jobs/" + Uri.EscapeDataString(task.Id));
        if (await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = PikaJob.Read(answer);
        return now.Status switch
        {
            "completed" => new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = OrderOutputs.At(order, now.Results.Distinct()),
                CostUsd = await CostAsync(order, jobCancelled),
            },
            "failed" => RemoteStatus.Failed(errors.OfJob(now, Acceptance.Yes), 0),
            "queued" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("billing/balance")),
            errors.Judge,
            cancellationToken);
        answered = $"the key is accepted{Left(answer.Json!)}; any operation of its catalogue by pika:<api_id>";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private HttpRequestMessage Post(string path, string idempotencyKey, JsonObject input) =>
        http.Request(HttpMethod.Post, http.At("v1/media/" + path), JsonRequest.Content(input), idempotencyKey);

    // No answer names a cost: what the catalogue says is what is charged. Null where it can't be had: the row's price counts.
    private async Task<decimal?> CostAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        try
        {
            var model = await models.FindAsync(JsonWire.PathOf(order), jobCancelled);
            return PikaPrices.Quote(model, ModelSchemas.AsNow(order, model));
        }
        catch (ProviderException)
        {
            // A price list that can't be had must not keep a finished clip from its owner.
            return null;
        }
    }

    private static string Left(JsonObject balance)
    {
        var postpaid = balance["postpaid"] as JsonObject;
        var isPostpaid = postpaid?["active"] is JsonValue active && active.TryGetValue<bool>(out var is_) && is_;
        var left = isPostpaid ? (postpaid!["cycle"] as JsonObject)?["remaining_micro_usd"] : balance["balance_micro_usd"];
        return left is JsonValue value && value.TryGetValue<decimal>(out var millionths)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $", ${millionths * Millionth:0.00} {(isPostpaid ? "left of this cycle's limit" : "left")}")
            : "";
    }
}
