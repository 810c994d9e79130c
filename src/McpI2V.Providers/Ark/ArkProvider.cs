using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Ark;

/// <summary>
/// BytePlus ModelArk and Volcengine Ark, the makers of Seedance and Seedream: one API in two clouds. Clips are tasks, stills are their own
/// answer.
/// </summary>
internal sealed class ArkProvider(ProviderOptions options, ProviderHttp http, ArkRegion region, ArkClips clips, ArkStills stills)
    : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>
    /// How Ark may be used: what runs at once is told in the account's console alone, and the rest waits in Ark's own queue. Files are kept
    /// for 24 hours, records of tasks for 7 days (docs.byteplus.com).
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(3),
        PollAtMost = TimeSpan.FromSeconds(10),
        CanCancel = true,
        CanFind = true,
        GiveUpAfter = ArkClips.EndsAfter + TimeSpan.FromHours(2),
    };

    private readonly ApiKeyCheck key = new();

    /// <inheritdoc/>
    public string Answered => $"the key is accepted by {region.Title}, which tells no balance; Seedance clips and Seedream stills, each " +
        "model once it is activated in the console";

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order)
    {
        if (ArkModels.IdIn(region, order) is null)
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"{order.VendorModel} is {region.Other.Title}'s, and I2V__Providers__Ark__Region is {region.Name}. Ask for a model that " +
                    $"list_models shows, or set the region to {region.Other.Name}, with a key of {region.Other.Title}. Nothing was spent.",
                "model");
        }
        return region == ArkRegion.Volcengine
            ?
            [
                .. JsonWire.Unheeded(order),
                $"Volcengine bills in yuan by a price list of its own: what {order.Model.Id} costs is told as at {region.Other.Title}.",
            ]
            : JsonWire.Unheeded(order);
    }

    /// <inheritdoc/>
    public bool AnswersAtOnce(GenerationOrder order) => IsStill(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return IsStill(order) ? stills.Prepare(order) : clips.Prepare(order);
    }

    /// <inheritdoc/>
    public Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ContentRequest ?? throw new ArgumentException("not Ark's", nameof(request));
        return IsStill(mine.Order) ? stills.SubmitAsync(mine, finishing) : clips.SubmitAsync(mine, finishing);
    }

    /// <inheritdoc/>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        IsStill(lost.Order) ? null : await clips.FindAsync(lost, jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled) => IsStill(order)
        ? (await stills.ReadAsync(order))?.Finished ?? RemoteStatus.Gone
        : await clips.GetStatusAsync(task, order, jobCancelled);

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        task.Path is null ? Task.CompletedTask : clips.CancelAsync(task, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) => output.Address is { } address
        ? http.DownloadAsync(address, path, withKey: false, jobCancelled)
        : PictureAnswers.SaveAsync(Name, output, path, jobCancelled);

    /// <inheritdoc/>
    public Task<Submission?> RecallAsync(GenerationOrder order, CancellationToken jobCancelled) =>
        IsStill(order) ? stills.ReadAsync(order) : Task.FromResult<Submission?>(null);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        await clips.CheckKeyAsync(cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static bool IsStill(GenerationOrder order) => order.Capability.Makes() == MediaKind.Still;
}
