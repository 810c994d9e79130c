using System.Globalization;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>ElevenLabs: sounds that are their own answer, dubs, and clips by its flows.</summary>
internal sealed class ElevenLabsProvider(
    ProviderOptions options,
    ProviderHttp http,
    ElevenLabsErrors errors,
    ElevenLabsSounds sounds,
    ElevenLabsDubs dubs,
    ElevenLabsFlows flows) : ConfiguredProvider(options, Usual), IProvider, IDisposable
{
    /// <summary>The API's host.</summary>
    public static readonly Uri Api = new("https://api.elevenlabs.io");

    /// <summary>
    /// How ElevenLabs may be used: two at once on its free plan, three on the smallest that is paid, more on others; video is looked at
    /// every ten seconds (its SDK and docs, 2026-11).
    /// </summary>
    public static readonly ProviderLimits Usual = new()
    {
        MaxConcurrent = 3,
        PollEvery = TimeSpan.FromSeconds(10),
        PollAtMost = TimeSpan.FromSeconds(20),
        CanFind = true,
    };

    private readonly ApiKeyCheck key = new();
    private volatile string answered = "the key is accepted";

    /// <inheritdoc/>
    public string Answered => answered;

    /// <inheritdoc/>
    public IReadOnlyList<string> Review(GenerationOrder order) => order.Capability == Capability.TextToSpeech
        ? ["The time of each word comes with it: captions that follow the voice name its handle as their cues."]
        : JsonWire.Unheeded(order);

    /// <inheritdoc/>
    public bool AnswersAtOnce(GenerationOrder order) => order.Capability.Makes() == MediaKind.Audio && !IsDub(order);

    /// <inheritdoc/>
    public async Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        await key.RequireAsync(CheckKeyAsync, jobCancelled);
        return AnswersAtOnce(order) ? await sounds.PrepareAsync(order, jobCancelled)
            : IsDub(order) ? dubs.Prepare(order)
            : await flows.PrepareAsync(order, jobCancelled);
    }

    /// <inheritdoc/>
    public Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing)
    {
        var mine = request as ElevenLabsRequest ?? throw new ArgumentException("not ElevenLabs'", nameof(request));
        return AnswersAtOnce(mine.Order)
            ? sounds.SubmitAsync(mine.Order, Message, finishing)
            : IsDub(mine.Order) ? dubs.SubmitAsync(Message, finishing) : flows.SubmitAsync(Message, finishing);

        HttpRequestMessage Message()
        {
            var message = mine.Message();
            http.Authorize(message);
            return message;
        }
    }

    /// <inheritdoc/>
    public Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled) =>
        AnswersAtOnce(order) ? sounds.GetStatusAsync(task, order, jobCancelled)
            : IsDub(order) ? dubs.GetStatusAsync(task, order, jobCancelled)
            : flows.GetStatusAsync(task, order, jobCancelled);

    /// <inheritdoc/>
    public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) => dubs.Delivers(output)
        ? dubs.FetchAsync(output, path, jobCancelled)
        : output.Kind == MediaKind.Audio
        ? sounds.FetchAsync(output, path, jobCancelled)
        : http.DownloadAsync(output.Address!, path, withKey: false, jobCancelled);

    /// <inheritdoc/>
    public Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) =>
        IsDub(lost.Order) ? dubs.FindAsync(lost, jobCancelled) : sounds.FindAsync(lost, jobCancelled);

    /// <inheritdoc/>
    public async Task<Submission?> RecallAsync(GenerationOrder order, CancellationToken jobCancelled) =>
        AnswersAtOnce(order) ? await sounds.ReadAsync(order) : null;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ProviderVoice>?> VoicesAsync(CancellationToken cancellationToken) =>
        await sounds.Voices.OwnAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => ApiKeyCheck.RefusalAsync(async () =>
    {
        var told = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("v1/user/subscription")),
            // A key may have the right to speak and none to look at the account.
            answer => ElevenLabsErrors.IsOnlyLimited(answer) ? null : errors.Judge(answer),
            cancellationToken);
        answered = told.IsSuccess ? $"the key is accepted{Balance(told)}" : "the key is accepted; it may not see the account's credits";
    });

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    private static bool IsDub(GenerationOrder order) => order.Capability == Capability.Dubbing;

    private string Balance(ProviderAnswer told)
    {
        var (used, limit) = (told.Json?["character_count"]?.ToString(), told.Json?["character_limit"]?.ToString());
        return long.TryParse(used, CultureInfo.InvariantCulture, out var count)
            && long.TryParse(limit, CultureInfo.InvariantCulture, out var all)
            ? string.Create(CultureInfo.InvariantCulture, $", {all - count:N0} of {all:N0} credits left on the plan " +
                $"{http.Safe(told.Json?["tier"]?.ToString())}: speech, music, effects; video by plan")
            : "";
    }
}
