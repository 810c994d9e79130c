using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Ark;

/// <summary>
/// Clips by tasks. Each request carries the attempt's key as <c>safety_identifier</c>, which the list of tasks echoes: a lost one is found
/// by it.
/// </summary>
internal sealed class ArkClips(ProviderHttp http, ArkErrors errors, ArkRegion region)
{
    private const string Tasks = "api/v3/contents/generations/tasks";
    private const int PageSize = 200;
    private const int MostPages = 25;
    private const double LeastSeconds = 4;

    /// <summary>What waits for its turn longer than this ends there by itself, without cost; it would be two days.</summary>
    public static readonly TimeSpan EndsAfter = TimeSpan.FromHours(2);

    // Files travel inside the request.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(5);

    /// <summary>The request. What costs or changes the clip is always said: Ark's defaults are told in two ways.</summary>
    public ContentRequest Prepare(GenerationOrder order)
    {
        var files = new InlineFiles(order.Key);
        var body = JsonWire.Body(order, files.DataUri, _ => true);
        body["model"] = ArkModels.IdIn(region, order);
        body["content"] = ArkContent.Of(order, files.DataUri);
        body["watermark"] = false;
        body["return_last_frame"] = false;
        body["execution_expires_after"] = (int)EndsAfter.TotalSeconds;
        body["safety_identifier"] = order.Key;
        if (body.ContainsKey("duration"))
        {
            // A clip that is edited is seldom a whole number of seconds long.
            var (least, most) = order.Model.DurationsSeconds is { } range
                ? (range.Min, range.Max)
                : (LeastSeconds, order.Model.Inputs.ClipSeconds);
            body["duration"] = (int)Math.Clamp(Math.Round(order.Settings.DurationSeconds), least, most);
        }
        return new ContentRequest(order, http.At(Tasks), () => files.Content(body));
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(ContentRequest request, CancellationToken finishing)
    {
        return http.SubmitOnceAsync(
            () => http.Request(HttpMethod.Post, request.Address, request.Content()),
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) => given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id, Tasks) : null;
    }

    /// <summary>The task of a request whose answer was lost; null: Ark lists none.</summary>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        for (var page = 1; page <= MostPages; page++)
        {
            var list = http.At($"{Tasks}?page_num={page}&page_size={PageSize}");
            var answer = await http.AskAsync(() => http.Request(HttpMethod.Get, list), errors.Judge, jobCancelled);
            var items = (answer.Json ?? throw HttpFaults.NotJson("ark", answer))["items"] as JsonArray ?? [];
            var found = items
                .OfType<JsonObject>()
                .Where(i => i["safety_identifier"]?.ToString() == lost.Order.Key)
                .Select(i => i["id"]?.ToString())
                .FirstOrDefault(id => !string.IsNullOrEmpty(id) && !lost.IsTaken(id));
            if (found is not null)
            {
                return new RemoteTask(found, Tasks);
            }
            if (items.Count < PageSize)
            {
                return null;
            }
        }
        return null;
    }

    /// <summary>How a task stands.</summary>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await LookAsync(task, jobCancelled) is not { } now)
        {
            return RemoteStatus.Gone;
        }
        return now.Status switch
        {
            "succeeded" => new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = OrderOutputs.At(order, [now.Content?.VideoUrl]),
                CostUsd = Usd(order, now.Usage?.CompletionTokens),
                Seed = now.Seed,
            },
            "failed" => RemoteStatus.Failed(errors.OfFailure(now.Error?.Code, now.Error?.Message), 0),
            "expired" => RemoteStatus.Failed(
                new ProviderException(
                    ErrorCode.ProviderFailed,
                    $"ark did not begin it within {EndsAfter.TotalHours:0} hours and let it go",
                    Acceptance.Yes),
                0),
            "cancelled" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = 0 },
            "queued" => RemoteStatus.Waiting,
            // A word that may come one day is no end.
            _ => RemoteStatus.Working(),
        };
    }

    /// <summary>
    /// Cancels a task that still waits for its turn. The same request deletes the record of one that is over, and with it a paid clip: so
    /// it is looked at first.
    /// </summary>
    public async Task CancelAsync(RemoteTask task, CancellationToken jobCancelled)
    {
        if ((await LookAsync(task, jobCancelled))?.Status != "queued")
        {
            throw new ProviderException(ErrorCode.ProviderFailed, "ark cancels only what still waits for its turn", Acceptance.Yes);
        }
        await http.AskAsync(() => http.Request(HttpMethod.Delete, At(task)), errors.Judge, jobCancelled);
    }

    /// <summary>Asks, with a free request, whether the key is accepted.</summary>
    public Task CheckKeyAsync(CancellationToken cancellationToken) => http.AskAsync(
        () => http.Request(HttpMethod.Get, http.At($"{Tasks}?page_num=1&page_size=1")),
        errors.Judge,
        cancellationToken);

    private async Task<ArkTask?> LookAsync(RemoteTask task, CancellationToken jobCancelled) =>
        await http.GetStatusAsync(() => http.Request(HttpMethod.Get, At(task)), errors.Judge, jobCancelled) is { } answer
            ? ArkTask.Read(answer)
            : null;

    private Uri At(RemoteTask task) => http.At($"{Tasks}/{Uri.EscapeDataString(task.Id)}");

    // Null where no tokens are told, or the row has no rate: the price list counts.
    private static decimal? Usd(GenerationOrder order, long? tokens)
    {
        var rates = JsonWire.FromOrder(order).OwnWords(ArkJson.Default.ArkWire).UsdPerMillion ?? [];
        return tokens > 0
            && (rates.TryGetValue(order.Settings.Resolution ?? "any", out var usd) || rates.TryGetValue("any", out usd))
            ? decimal.Round(usd * tokens.Value / 1_000_000m, 6)
            : null;
    }
}
