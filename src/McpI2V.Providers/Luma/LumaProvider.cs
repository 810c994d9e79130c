using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Luma;

/// <summary>
/// Luma's Agents API: every request is a generation, looked up by its id. There is no list, no idempotency key and no cancel: a lost
/// answer stays lost, and what was taken is paid.
/// </summary>
internal sealed class LumaProvider(ProviderOptions options, ProviderHttp http, LumaErrors errors, ApiKeyCheck key)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://agents.lumalabs.ai");

    /// <summary>
    /// How Luma may be used: ten jobs at once and thirty submits a minute unless the account has other numbers; looks are not counted
    /// (docs.agents.lumalabs.ai, rate limits).
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 10,
        PollEvery = TimeSpan.FromSeconds(2),
        PollAtMost = TimeSpan.FromSeconds(10),
    };

    // Files travel inside the request: 100 MB take their time.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromMinutes(5);
    private const int FramesPerSecond = 24;
    private const double LongestWithFrames = 5;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var files = new InlineFiles(order.Key);
        var body = JsonWire.Body(order, Reference, body => Keyframes(body, order, Reference));
        Strength(body, order);
        return new ContentRequest(order, http.At("v1/generations"), () => files.Content(body));

        JsonNode Reference(OrderInput input) =>
            new JsonObject { ["data"] = files.Mark(input), ["media_type"] = input.Format.MimeType };
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ContentRequest ?? throw new ArgumentException("not Luma's", nameof(request));
        return await http.SubmitOnceAsync(
            () =>
            {
                var message = Request(HttpMethod.Post, mine.Address);
                message.Content = mine.Content();
                // Only Luma's support can find a lost request, and by this.
                message.Headers.Add("X-Request-Id", mine.Order.Key);
                return message;
            },
            errors.Judge,
            SubmitTimeout,
            Named,
            finishing);

        static RemoteTask? Named(JsonObject given) => given["id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null;
    }

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await http.GetStatusAsync(() => Request(HttpMethod.Get, At(task.Id)), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = Read(answer);
        return now?.State switch
        {
            // No answer names a cost: the price list counts.
            "completed" => new RemoteStatus { State = RemoteState.Done, Outputs = Outputs(now, order) },
            "failed" => RemoteStatus.Failed(errors.OfGeneration(now), 0),
            "queued" => RemoteStatus.Waiting,
            _ => RemoteStatus.Working(),
        };
    }

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalForNothingAsync(async () =>
    {
        // A generation that never was: 404 with a good key, 401 with a wrong one, and nothing is charged.
        await http.AskAsync(() => Request(HttpMethod.Get, At(Guid.Empty.ToString())), errors.Judge, cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    // Ten seconds take no start_frame and end_frame, but the same pictures as keyframes on the grid of 24 frames a second.
    private static bool Keyframes(JsonObject body, GenerationOrder order, Func<OrderInput, JsonNode> reference)
    {
        if (order.Image is not { } first || order.Settings.DurationSeconds <= LongestWithFrames)
        {
            return false;
        }
        var video = body["video"] as JsonObject ?? [];
        body["video"] = video;
        JsonArray frames = [reference(first)];
        JsonArray indexes = [0];
        if (order.EndImage is { } last)
        {
            frames.Add(reference(last));
            indexes.Add((JsonNode)(int)(order.Settings.DurationSeconds * FramesPerSecond));
        }
        (video["keyframes"], video["keyframe_indexes"]) = (frames, indexes);
        return true;
    }

    // How far an edit may go from its source; it excludes the model's own choice.
    private static void Strength(JsonObject body, GenerationOrder order)
    {
        if (order.Options["strength"] is { } strength && body["video"] is JsonObject video)
        {
            body.Remove("strength");
            video["edit"] = new JsonObject { ["strength"] = strength.DeepClone() };
        }
    }

    private Uri At(string id) => http.At("v1/generations/" + Uri.EscapeDataString(id));

    private HttpRequestMessage Request(HttpMethod method, Uri address) => http.Request(method, address);

    private static IReadOnlyList<RemoteOutput> Outputs(LumaGeneration made, GenerationOrder order) =>
        OrderOutputs.At(order, (made.Output ?? []).Select(o => o?.Url));

    private static LumaGeneration? Read(ProviderAnswer answer) => answer.Read(LumaJson.Default.LumaGeneration, "luma");
}
