using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vidu;

/// <summary>Vidu's API: every request is a task, which its list shows again with the text that was sent along.</summary>
internal sealed class ViduProvider(ProviderOptions options, ProviderHttp http, ViduErrors errors, ViduHistory history)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The international host; China has one of its own, with keys of its own.</summary>
    public static readonly Uri Api = new("https://api.vidu.com");

    /// <summary>How Vidu may be used: new accounts have about five at once; a look every 3 to 5 s is usual; addresses live a day.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(3),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanCancel = true,
        CanFind = true,
    };

    // Pictures travel inside the request: up to 20 MB.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(3);
    private readonly ApiKeyCheck key = new();
    private string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        ViduRequests.RequireShapes(order);
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return ViduRequests.Of(order, http, Options.WebhookUrl);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ContentRequest ?? throw new ArgumentException("not Vidu's", nameof(request));
        return await http.SubmitOnceAsync(
            () => http.Request(HttpMethod.Post, mine.Address, mine.Content()),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) => ViduTask.IdOf(given) is { } id ? new RemoteTask(id) : null;
    }

    /// <inheritdoc/>
    public Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) => history.FindAsync(lost, jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var now = await LookAsync(task, jobCancelled);
        return now?.State switch
        {
            null when now is null => RemoteStatus.Gone,
            "success" => new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = OrderOutputs.At(order, (now.Creations ?? []).Select(c => c?.Url)),
                CostUsd = now.CostUsd,
            },
            "failed" when now.ErrCode == "UserCancelled" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = 0 },
            "failed" => RemoteStatus.Failed(errors.OfFailure(now), 0),
            "created" or "queueing" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(),
        };
    }

    /// <inheritdoc/>
    public async Task CancelAsync(RemoteTask task, CancellationToken jobCancelled)
    {
        if ((await LookAsync(task, jobCancelled))?.State is not ("created" or "queueing"))
        {
            throw new ProviderException(ErrorCode.ProviderFailed, "vidu cancels only what still waits for its turn", Acceptance.Yes);
        }
        await http.AskAsync(
            () => http.Request(HttpMethod.Post, At(task, "cancel"), JsonRequest.Content(new JsonObject { ["id"] = task.Id })),
            errors.Judge,
            jobCancelled);
    }

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At($"{ViduRequests.Root}/credits")),
            errors.Judge,
            cancellationToken);
        answered = $"the key is accepted{Left(answer)}; Vidu Q3, Q4 Preview and Q2 clips";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private async Task<ViduTask?> LookAsync(RemoteTask task, CancellationToken jobCancelled) =>
        await http.GetStatusAsync(() => http.Request(HttpMethod.Get, At(task, "creations")), errors.Judge, jobCancelled) is { } answer
            ? answer.Read(ViduJson.Default.ViduTask, Name) ?? throw HttpFaults.NotJson(Name, answer)
            : null;

    private Uri At(RemoteTask task, string what) => http.At($"{ViduRequests.Root}/tasks/{Uri.EscapeDataString(task.Id)}/{what}");

    // Packages of credits, each with a number of its own.
    private string Left(ProviderAnswer answer)
    {
        var packages = answer.Read(ViduJson.Default.ViduAccount, Name)?.Remains ?? [];
        return ViduTask.InUsd(packages.Sum(p => p?.CreditRemain ?? 0)) is { } usd && packages.Length > 0
            ? string.Create(CultureInfo.InvariantCulture, $", ${usd:0.00} left")
            : "";
    }
}
