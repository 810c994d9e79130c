using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>
/// xAI, the maker of Grok Imagine, by its REST API: clips are requests that are looked at, stills are their own answer. There is no cancel
/// and no list of requests.
/// </summary>
internal sealed class XaiProvider(
    ProviderOptions options,
    XaiSettings settings,
    ProviderHttp http,
    XaiErrors errors,
    XaiClips clips,
    XaiStills stills)
    : ConfiguredProvider(options, UsualWith(settings)), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://api.x.ai");

    private readonly ApiKeyCheck key = new();

    /// <inheritdoc/>
    public string Answered => "the key is accepted, which tells no balance (console.x.ai does); Grok Imagine clips and stills";

    /// <summary>
    /// How xAI may be used: 60 requests a minute, in which looks may count; its SDK looks every second. What is kept among the account's
    /// files is there for as long as the setting says.
    /// </summary>
    public static ProviderLimits UsualWith(XaiSettings settings) => new()
    {
        MaxConcurrent = 5,
        PollEvery = TimeSpan.FromSeconds(4),
        PollAtMost = TimeSpan.FromSeconds(15),
        CanFind = settings.KeepHours > 0,
        KeepsFor = TimeSpan.FromHours(settings.KeepHours > 0 ? settings.KeepHours : 1),
    };

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public bool AnswersAtOnce(GenerationOrder order) => IsStill(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return IsStill(order) ? stills.Prepare(order) : await clips.PrepareAsync(order, jobCancelled);
    }

    /// <inheritdoc/>
    public Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ContentRequest ?? throw new ArgumentException("not xAI's", nameof(request));
        return IsStill(mine.Order) ? stills.SubmitAsync(mine, finishing) : clips.SubmitAsync(mine, finishing);
    }

    /// <inheritdoc/>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        IsStill(lost.Order) ? null : await clips.FindAsync(lost.Order, jobCancelled);

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled) => IsStill(order)
        ? (await stills.ReadAsync(order))?.Finished ?? RemoteStatus.Gone
        : await clips.GetStatusAsync(task, order, jobCancelled);

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) => output.Address is null
        ? PictureAnswers.SaveAsync(Name, output, path, jobCancelled)
        : clips.FetchAsync(output.Address, path, jobCancelled);

    /// <inheritdoc/>
    public Task<Submission?> RecallAsync(GenerationOrder order, CancellationToken jobCancelled) =>
        IsStill(order) ? stills.ReadAsync(order) : Task.FromResult<Submission?>(null);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        var answer = await http.AskAsync(() => http.Request(HttpMethod.Get, http.At("v1/api-key")), errors.Judge, cancellationToken);
        return errors.OfKey(answer);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static bool IsStill(GenerationOrder order) => order.Capability.Makes() == MediaKind.Still;
}
