using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// Hedra's API v3: its own avatars and the models of others, each by its id in one envelope. It can't cancel: what it took is made and
/// paid.
/// </summary>
internal sealed class HedraProvider(
    ProviderOptions options,
    ProviderHttp http,
    HedraErrors errors,
    HedraRequests requests,
    HedraRecovery recovery,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API.</summary>
    public static readonly Uri Api = new("https://api.hedra.com/v3");

    /// <summary>
    /// How Hedra may be used: sixty requests a minute and key, looks among them (the sample of its 429); how many jobs at once is not
    /// published.
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 4,
        PollEvery = TimeSpan.FromSeconds(6),
        PollAtMost = TimeSpan.FromSeconds(20),
        CanFind = true,
    };

    // A finished job is charged a moment later.
    private const int LooksForCost = 3;
    private readonly ConcurrentDictionary<string, int> uncharged = new(StringComparer.Ordinal);
    private string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => SchemaReview.Of(
        order,
        $"hedra.com/models/{order.VendorModel}",
        $"What {order.Model.Id} costs is an estimate; Hedra is asked for its own price before anything is sent, and what is dearer " +
            "is not sent.");

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return await requests.PrepareAsync(order, Options.WebhookUrl, jobCancelled);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, body) = request is JsonRequest json
            ? (json.Address, json.Body)
            : throw new ArgumentException("not Hedra's", nameof(request));
        try
        {
            return await recovery.SendAsync(address, body, finishing);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            requests.Forget(request.Order);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        recovery.FindAsync(JsonWire.PathOf(lost.Order), lost, jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await LookAsync(task, "/status", jobCancelled) is not { } now)
        {
            return RemoteStatus.Gone;
        }
        return now.Status switch
        {
            "COMPLETED" or "FAILED" => await LookAsync(task, "", jobCancelled) is { } ended
                ? Ended(task, order, ended)
                : RemoteStatus.Gone,
            "IN_QUEUE" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(now.Progress),
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
        var wallet = await http.AskAsync(() => http.Request(HttpMethod.Get, http.At("balance")), errors.Judge, cancellationToken);
        var left = wallet.Json?["balance"] is JsonValue balance && balance.TryGetValue<decimal>(out var usd)
            ? string.Create(CultureInfo.InvariantCulture, $", ${usd:0.00} in the API wallet")
            : "";
        answered = $"the key is accepted{left}; talking pictures, and any model there by hedra:<id>";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<HedraJob?> LookAsync(RemoteTask task, string what, CancellationToken jobCancelled)
    {
        var address = http.At($"jobs/{Uri.EscapeDataString(task.Id)}{what}");
        return await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is { } answer
            ? HedraJob.Read(answer)
            : null;
    }

    private RemoteStatus Ended(RemoteTask task, GenerationOrder order, HedraJob job)
    {
        if (job.Status == "FAILED")
        {
            return RemoteStatus.Failed(errors.OfJob(job.Error), job.CostUsd ?? 0);
        }
        if (job.Status != "COMPLETED")
        {
            return RemoteStatus.Working(job.Progress);
        }
        if (job.CostUsd is null && uncharged.AddOrUpdate(task.Id, 1, (_, n) => n + 1) < LooksForCost)
        {
            return RemoteStatus.Working(1);
        }
        uncharged.TryRemove(task.Id, out _);
        var outputs = job.Outputs?.OfType<HedraOutput>().ToList() ?? [];
        var made = Made(outputs, order);
        if (made.Count > 0 || outputs.Count == 0)
        {
            return new RemoteStatus { State = RemoteState.Done, Outputs = made, CostUsd = job.CostUsd };
        }
        return outputs.Any(o => o.Status == "EXPIRED")
            ? RemoteStatus.Failed(
                new ProviderException(
                    ErrorCode.ProviderFailed,
                    "hedra had made it, and the result has expired there: nobody fetched it in time",
                    Acceptance.Yes),
                job.CostUsd ?? order.Model.Price.For(order.Settings))
            : RemoteStatus.Failed(errors.OfJob(outputs[0].Error), job.CostUsd ?? 0);
    }

    private static IReadOnlyList<RemoteOutput> Made(List<HedraOutput> outputs, GenerationOrder order) =>
        OrderOutputs.At(order, outputs.Where(o => o.Status is null or "COMPLETED").Select(o => o.Url));
}
