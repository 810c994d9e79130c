using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>
/// A server that speaks OpenAI's <c>/v1/videos</c>: vLLM-Omni, SGLang, gateways. Read leniently: an id and a status are all
/// that is relied on. It charges nothing, so a request whose answer was lost is sent again.
/// </summary>
internal sealed class CompatibleProvider(ProviderOptions options, ProviderHttp http, OpenAIErrors errors, string? model)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>
    /// How such a server may be used: one GPU makes one clip at a time, the rest waits in its own queue. Nothing is paid, so what it does
    /// not deliver is not waited for long.
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 2,
        PollEvery = TimeSpan.FromSeconds(2),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanCancel = true,
        IsFree = true,
        KeepsFor = TimeSpan.FromMinutes(2),
        GiveUpAfter = TimeSpan.FromHours(6),
    };

    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(3);
    private string? found = model;

    /// <inheritdoc/>
    public override string? UnavailableReason => null;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => [];

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        found ??= await FirstModelAsync(jobCancelled);
        return new ContentRequest(order, At("videos"), () => Form(order));
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var (address, content) = request is ContentRequest mine
            ? (mine.Address, mine.Content)
            : throw new ArgumentException("not this server's", nameof(request));
        return await http.SubmitOnceAsync(
            () => http.Request(HttpMethod.Post, address, content()),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) => given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await VideoAsync(task, jobCancelled) is not { } video)
        {
            return RemoteStatus.Gone;
        }
        var progress = video["progress"] is JsonValue value && value.TryGetValue<double>(out var percent) ? percent / 100 : (double?)null;
        return video["status"]?.ToString() switch
        {
            "completed" or "succeeded" => new RemoteStatus
            {
                State = RemoteState.Done,
                CostUsd = 0,
                Outputs = [new RemoteOutput(MediaKind.Clip, At($"videos/{Uri.EscapeDataString(task.Id)}/content"))],
            },
            "failed" or "expired" => RemoteStatus.Failed(errors.OfVideo(video["error"]), 0),
            "cancelled" or "canceled" => new RemoteStatus { State = RemoteState.Canceled },
            "queued" or "pending" => RemoteStatus.Waiting,
            _ => RemoteStatus.Working(progress),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        http.AskAsync(() => Request(HttpMethod.Delete, At("videos/" + Uri.EscapeDataString(task.Id))), errors.Judge, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: true, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        await http.AskAsync(() => Request(HttpMethod.Get, At("models")), errors.Judge, cancellationToken);
    });

    /// <inheritdoc/>
    public string Answered => Options.ApiKey is null ? "it answers" : "the key is accepted";

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // By its id, else in the list: some servers know a new id there first.
    private async Task<JsonObject?> VideoAsync(RemoteTask task, CancellationToken jobCancelled)
    {
        var address = At("videos/" + Uri.EscapeDataString(task.Id));
        if (await http.GetStatusAsync(() => Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is { } answer)
        {
            return answer.Json;
        }
        try
        {
            var list = await http.AskAsync(() => Request(HttpMethod.Get, At("videos")), errors.Judge, jobCancelled);
            return (list.Json?["data"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(v => v["id"]?.ToString() == task.Id);
        }
        catch (ProviderException e) when (!e.IsPassing)
        {
            return null;
        }
    }

    private async Task<string?> FirstModelAsync(CancellationToken jobCancelled)
    {
        try
        {
            var answer = await http.AskAsync(() => Request(HttpMethod.Get, At("models")), errors.Judge, jobCancelled);
            return (answer.Json?["data"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?["id"]?.ToString();
        }
        catch (ProviderException e) when (e.IsGone)
        {
            // Servers of one model need no name.
            return null;
        }
    }

    // The form is what all of them take. A seed is always sent: one of them makes the same clip for every request without.
    private MultipartFormDataContent Form(GenerationOrder order)
    {
        var size = OpenAISizes.Multiple(order.Settings.Size, 16);
        var seed = order.Seed ?? (Math.Abs((long)order.Key.Aggregate(17, (hash, letter) => (hash * 31) + letter)) & int.MaxValue);
        Dictionary<string, string?> fields = new(StringComparer.Ordinal)
        {
            ["prompt"] = order.Prompt,
            ["model"] = found,
            ["seconds"] = order.Settings.DurationSeconds.ToString("0", CultureInfo.InvariantCulture),
            ["size"] = $"{size.Width}x{size.Height}",
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        };
        foreach (var (name, value) in order.Options)
        {
            fields[name] = value?.ToString();
        }
        var form = new MultipartFormDataContent();
        foreach (var (name, value) in fields.Where(f => f.Value is not null))
        {
            form.Add(new StringContent(value!), name);
        }
        if (order.Image is { } image)
        {
            form.Add(OrderInputs.ContentOf(image), "input_reference", image.Handle + image.Format.Extension);
        }
        return form;
    }

    private Uri At(string path) =>
        http.At(Options.BaseUrl!.AbsolutePath.TrimEnd('/').EndsWith("/v1", StringComparison.Ordinal) ? path : "v1/" + path);

    private HttpRequestMessage Request(HttpMethod method, Uri address) => http.Request(method, address);
}
