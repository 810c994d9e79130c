using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Providers;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.HeyGen;

/// <summary>
/// HeyGen's API v3: talking pictures (<c>videos</c>, type image) and its own model for clips (<c>models/videos</c>). It can't cancel: what
/// it took is made and paid.
/// </summary>
internal sealed class HeyGenProvider(
    ProviderOptions options,
    ProviderHttp http,
    HeyGenErrors errors,
    HeyGenAssets assets,
    HeyGenRecovery recovery,
    ApiKeyCheck key) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://api.heygen.com");

    /// <summary>How HeyGen may be used: about three videos at once on small plans; a look every 5 to 10 s is usual.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 3,
        PollEvery = TimeSpan.FromSeconds(5),
        PollAtMost = TimeSpan.FromSeconds(15),
        CanFind = true,
    };

    private const double Wide = 16.0 / 9;
    private string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        var (settings, ratio) = (order.Settings, order.Settings.Size.Ratio);
        // Its larger sizes are made for two ratios alone; a clip follows its picture.
        if (PathOf(order) == HeyGenRecovery.Models
            && Resolution.TryParse(settings.Resolution, out var resolution)
            && resolution.ShortSide > 720
            && !ModelFit.IsSameRatio(ratio, Wide)
            && !ModelFit.IsSameRatio(ratio, 1 / Wide))
        {
            throw I2VException.Invalid(
                "resolution",
                $"resolution is {settings.Resolution} and the picture is {settings.Size}; {order.Model.Id} makes more than 720p for 16:9 " +
                    "and 9:16 alone. Say resolution 720p, or make the still at one of these ratios. Nothing was spent.");
        }
        return JsonWire.Unheeded(order);
    }

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        HeyGenAssets.RequireSound(order.Audio);
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        var named = await OrderInputs.NamedAsync(order, input => assets.NameOfAsync(input, jobCancelled));
        var body = JsonWire.Body(order, input => input == order.Audio
            ? named(input)
            : new JsonObject { ["type"] = "asset_id", ["asset_id"] = named(input) });
        if (PathOf(order) != HeyGenRecovery.Models)
        {
            // A lost request is found by it.
            body["title"] = order.Key;
        }
        return new JsonRequest(order, http.At(PathOf(order)), body);
    }

    /// <inheritdoc/>
    public async Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var body = request is JsonRequest json ? json.Body : throw new ArgumentException("not HeyGen's", nameof(request));
        try
        {
            return await recovery.SendAsync(PathOf(request.Order), request.Order.Key, body, finishing);
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            assets.Forget(request.Order);
            throw;
        }
    }

    /// <inheritdoc/>
    public Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        recovery.FindAsync(PathOf(lost.Order), lost, jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        var address = http.At(task.Path ?? $"{PathOf(order)}/{Uri.EscapeDataString(task.Id)}");
        if (await http.GetStatusAsync(() => http.Request(HttpMethod.Get, address), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = HeyGenVideo.Read(answer);
        return now.Status switch
        {
            "completed" => new RemoteStatus
            {
                State = RemoteState.Done,
                Outputs = OrderOutputs.At(order, [now.VideoUrl]),
                CostUsd = CostOf(now, order),
                Seed = now.Seed,
            },
            "failed" => RemoteStatus.Failed(errors.OfVideo(now), 0),
            "cancelled" or "canceled" => new RemoteStatus { State = RemoteState.Canceled, CostUsd = 0 },
            "waiting" or "queued" or "pending" => RemoteStatus.Waiting,
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
        var account = await http.AskAsync(() => http.Request(HttpMethod.Get, http.At("v3/users/me")), errors.Judge, cancellationToken);
        var left = Left(HeyGenVideo.DataOf(account)["wallet"] as JsonObject);
        answered = $"the key is accepted{left}; talking pictures and HeyGen Video 1";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static string PathOf(GenerationOrder order) => JsonWire.PathOf(order);

    // A talking picture is paid by its own length, which the speech decides; no answer names a cost.
    private static decimal? CostOf(HeyGenVideo made, GenerationOrder order) =>
        order.Model.Price.Unit == "input_second" && made.Duration is > 0 and < 86_400
            ? order.Model.Price.For(order.Settings with { InputSeconds = made.Duration.Value })
            : null;

    private static string Left(JsonObject? wallet)
    {
        if (wallet?["remaining_balance"] is not JsonValue balance || !balance.TryGetValue<decimal>(out var left))
        {
            return "";
        }
        return wallet["currency"]?.ToString() == "usd"
            ? string.Create(CultureInfo.InvariantCulture, $", ${left:0.00} in the wallet")
            : string.Create(CultureInfo.InvariantCulture, $", {left:0.##} credits left");
    }
}
