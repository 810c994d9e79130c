using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Bfl;

/// <summary>
/// Black Forest Labs, the maker of FLUX: every request is a task, looked up where the answer to it says. There is no list, no idempotency
/// key and no cancel: a lost answer stays lost, and what was taken is paid.
/// </summary>
internal sealed class BflProvider(ProviderOptions options, ProviderHttp http, BflErrors errors, BflAddresses addresses)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host, which sends requests on to clusters.</summary>
    public static readonly Uri Api = new("https://api.bfl.ai");

    /// <summary>
    /// How it may be used: 24 running tasks, of clips perhaps 5; its SDK looks every two seconds. Addresses of clips are good for an hour
    /// or two, and how long a task is known is not told.
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(2),
        PollAtMost = TimeSpan.FromSeconds(10),
        KeepsFor = TimeSpan.FromHours(2),
    };

    // Files travel inside the request: 50 MB take their time.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(5);
    private const string Credits = "#credits=";

    private readonly ApiKeyCheck key = new();
    private string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return BflRequests.Of(order, http);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ContentRequest ?? throw new ArgumentException("not BFL's", nameof(request));
        return await http.SubmitOnceAsync(
            () => http.Request(HttpMethod.Post, mine.Address, mine.Content()),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = addresses.Of(task.Path, task.Id);
        if (await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = answer.Read(BflJson.Default.BflResult, Name) ?? throw HttpFaults.NotJson(Name, answer);
        return now.Stands switch
        {
            "Ready" => new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = OrderOutputs.At(order, now.Result?.Addresses ?? []),
                CostUsd = now.CostUsd ?? ToldBefore(task),
                Seed = now.Result?.Seed,
            },
            "Request Moderated" or "Content Moderated" or "Error" or "Failed" => errors.OfFailure(now),
            "Task not found" => RemoteStatus.Gone,
            "Pending" => RemoteStatus.Waiting,
            // Reasoning, Generating; a word that may come one day is no end.
            _ => RemoteStatus.Working(now.Done),
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
        var answer = await http.AskAsync(() => http.Request(HttpMethod.Get, http.At("v1/credits")), errors.Judge, cancellationToken);
        answered = $"the key is accepted{Left(answer.Json!)}; FLUX 3 clips and stills, FLUX.2 stills";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // What the answer told as its cost is kept in the part of the address that never leaves this machine.
    private RemoteTask? Named(JsonObject given)
    {
        if (given["id"]?.ToString() is not { Length: > 0 } id)
        {
            return null;
        }
        var address = addresses.Of(given["polling_url"]?.ToString(), id).AbsoluteUri.Split('#')[0];
        return new RemoteTask(id, Number(given["cost"]) is { } credits
            ? address + Credits + credits.ToString(CultureInfo.InvariantCulture)
            : address);
    }

    private static decimal? ToldBefore(RemoteTask task) => task.Path?.Split(Credits) is [_, var credits]
        && decimal.TryParse(credits, NumberStyles.Float, CultureInfo.InvariantCulture, out var told)
        ? BflResult.InUsd(told)
        : null;

    private static decimal? Number(JsonNode? node) =>
        decimal.TryParse(node?.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 ? number : null;

    private static string Left(JsonObject account) => BflResult.InUsd(Number(account["credits"])) is { } usd
        ? string.Create(CultureInfo.InvariantCulture, $", ${usd:0.00} left")
        : "";
}
