using McpI2V.Engine.Catalogue;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Gemini;

/// <summary>Google's Gemini API: stills that are their own answer, clips by interactions.</summary>
internal sealed class GeminiProvider(
    ProviderOptions options,
    ProviderHttp http,
    GeminiErrors errors,
    GeminiStills stills,
    GeminiClips clips) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://generativelanguage.googleapis.com");

    /// <summary>How Gemini may be used: three at once, as Google's own batch sample does; no limit on looks is documented.</summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 3,
        PollEvery = TimeSpan.FromSeconds(5),
        PollAtMost = TimeSpan.FromSeconds(15),
        CanCancel = true,
    };

    private readonly ApiKeyCheck key = new();

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => [];

    /// <inheritdoc/>
    public bool AnswersAtOnce(GenerationOrder order) => IsStill(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return IsStill(order) ? await stills.PrepareAsync(order, jobCancelled) : await clips.PrepareAsync(order, jobCancelled);
    }

    /// <inheritdoc/>
    public Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing) => request is JsonRequest json
        ? IsStill(request.Order) ? stills.SubmitAsync(json, finishing) : clips.SubmitAsync(json, finishing)
        : throw new ArgumentException("not Gemini's", nameof(request));

    /// <inheritdoc/>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled) => IsStill(order)
        ? (await stills.ReadAsync(order))?.Finished ?? RemoteStatus.Gone
        : await clips.GetStatusAsync(task, order, jobCancelled);

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) =>
        task.Path is null ? Task.CompletedTask : clips.CancelAsync(task, jobCancelled);

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        output.Kind == Media.Formats.MediaKind.Still
            ? GeminiStills.SaveAsync(output, path, jobCancelled)
            : clips.FetchAsync(output, path, jobCancelled);

    /// <inheritdoc/>
    public Task<Submission?> RecallAsync(GenerationOrder order, CancellationToken jobCancelled) =>
        IsStill(order) ? stills.ReadAsync(order) : Task.FromResult<Submission?>(null);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("v1beta/models?pageSize=1")),
            errors.Judge,
            cancellationToken);
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static bool IsStill(GenerationOrder order) => order.Capability.Makes() == MediaKind.Still;
}
