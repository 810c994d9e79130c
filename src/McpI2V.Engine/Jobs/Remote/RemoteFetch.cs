using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Remote.Results;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Brings finished results home. They are paid, so they are fetched again, more and more rarely, until the provider itself does
/// not keep them any more; what stands in the way is told to whoever asks.
/// </summary>
internal sealed partial class RemoteFetch(
    ResultInspector inspector,
    RemoteJobStore store,
    RemoteServices services,
    TimeProvider time,
    ILogger<RemoteFetch> log)
{
    private const int AskForNewAddressEvery = 3;
    private const int AtOnce = 2;

    // A whole file of another kind, again and again for half a minute, is what the provider made, not what the way did to it.
    private const int MostOfAnotherKind = 8;
    private static readonly TimeSpan OfAnotherKindFor = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan LongestPauseOfAnotherKind = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>Every result as a file in the work folder, examined; where some can't be had, the others, and why.</summary>
    /// <param name="context">The job.</param>
    /// <param name="job">The job as it stands.</param>
    /// <param name="order">What was ordered.</param>
    /// <param name="done">The provider's last word, with where the results are.</param>
    /// <param name="costUsd">What all of it cost.</param>
    /// <param name="work">Where the files go.</param>
    /// <exception cref="ProviderException">The provider has no results any more, or none that can be used.</exception>
    /// <exception cref="OperationCanceledException">The user canceled it while it could not be had.</exception>
    public async Task<(IReadOnlyList<ProducedFile> Files, string? Missing)> BringAsync(
        RemoteJobContext context,
        Job job,
        GenerationOrder order,
        RemoteStatus done,
        decimal costUsd,
        MediaWork work)
    {
        using var step = JobTelemetry.Step("fetch", job);
        List<ProducedFile> files = [];
        ProviderException? missing = null;
        for (var i = 0; i < done.Outputs.Count; i++)
        {
            try
            {
                files.Add(await BringOneAsync(context, job, order, done, i, work));
            }
            catch (ProviderException e)
            {
                missing = e;
            }
        }
        if (files.Count == 0)
        {
            throw missing!;
        }
        // The whole cost is split so that its parts add up to the cent.
        var share = decimal.Round(costUsd / files.Count, 6);
        files = [.. files.Select((f, i) => f with { CostUsd = i == 0 ? costUsd - (share * (files.Count - 1)) : share })];
        return (files, missing is null
            ? null
            : $"{done.Outputs.Count - files.Count} of {done.Outputs.Count} results could not be had: {missing.Message.TrimEnd('.')}.");
    }

    private async Task<ProducedFile> BringOneAsync(
        RemoteJobContext context,
        Job job,
        GenerationOrder order,
        RemoteStatus done,
        int index,
        MediaWork work)
    {
        var provider = context.Concurrency.Provider;
        var path = work.At($"result-{index}");
        var started = time.GetTimestamp();
        var (ofAnotherKind, gone) = (0, 0);
        for (var attempt = 1; ; attempt++)
        {
            ProviderException fault;
            try
            {
                await provider.FetchAsync(done.Outputs[index], path, context.Stop);
                await services.CompleteAsync(job, order, path, work, context.Stop);
                return await inspector.ExamineAsync(job, order, done, done.Outputs[index], path, work, context.Stop);
            }
            catch (Exception e) when (e is not OperationCanceledException || !context.IsStopping)
            {
                fault = AsProviderException(provider, path, e);
                ofAnotherKind += e is MediaException { Fault: MediaFault.OutOfRange } ? 1 : 0;
            }
            var left = provider.Limits.KeepsFor - time.GetElapsedTime(started);
            if (fault.IsFinal
                || (ofAnotherKind >= MostOfAnotherKind && time.GetElapsedTime(started) > OfAnotherKindFor)
                || left <= TimeSpan.Zero)
            {
                throw fault;
            }
            LogAgain(log, job.Name, attempt, fault.Message);
            gone = fault.IsGone ? gone + 1 : 0;
            if (fault.IsGone || attempt % AskForNewAddressEvery == 0)
            {
                var before = done.Outputs[index].Address;
                done = await AskAgainAsync(context, job, order, done, index);
                if (gone is > 0 and <= AtOnce && done.Outputs[index].Address != before)
                {
                    // The old address had ended; the new one may end soon.
                    continue;
                }
            }
            var longest = ofAnotherKind == attempt ? LongestPauseOfAnotherKind : LongestPause;
            var pause = fault.RetryAfter ?? Backoff.Pause(attempt, provider.Limits, left < longest ? left : longest);
            store.Say(job, $"{fault.Message.TrimEnd('.')}. It is made and paid, so it is fetched again in {pause.TotalSeconds:0} s, for " +
                $"as long as {provider.Name} keeps it; cancel_job {job.Name} gives it up.");
            await Task.Delay(pause, time, context.Wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            context.Wake.ThrowIfCancellationRequested();
        }
    }

    // What went wrong in words for the user. A file that is no good is thrown away; one that could not be examined is kept.
    private static ProviderException AsProviderException(IProvider provider, string path, Exception e)
    {
        switch (e)
        {
            case ProviderException told:
                return told;
            case MediaException { Fault: MediaFault.Unreadable or MediaFault.OutOfRange }:
                File.Delete(path);
                return new ProviderException(
                    ErrorCode.ProviderFailed,
                    $"{provider.Name} delivered a result that can't be used: {e.Message}",
                    Acceptance.Yes,
                    e);
            case MediaException:
                return new ProviderException(
                    ErrorCode.ProviderFailed,
                    $"{provider.Name} delivered it, and it could not be examined here: {e.Message}",
                    Acceptance.Yes,
                    e);
            case I2VException { Code: ErrorCode.NotFound }:
                return new ProviderException(ErrorCode.NotFound, e.Message, Acceptance.Yes, e) { IsFinal = true };
            default:
                return new ProviderException(
                    ErrorCode.ProviderFailed,
                    I2VException.FromDisk(e)?.Message ?? $"the result of {provider.Name} could not be fetched ({e.GetType().Name})",
                    Acceptance.Yes,
                    e);
        }
    }

    // Addresses expire; the provider gives new ones for as long as it keeps the result.
    private async Task<RemoteStatus> AskAgainAsync(RemoteJobContext context, Job job, GenerationOrder order, RemoteStatus done, int index)
    {
        try
        {
            var now = await context.GetStatusAsync(job.Remote!, order, time);
            return now.State == RemoteState.Done && index < now.Outputs.Count ? now : done;
        }
        catch (ProviderException)
        {
            // Nobody answered, or the key has ended: the result is there as it was.
            return done;
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: try {Attempt} to fetch the result failed: {Reason}")]
    private static partial void LogAgain(ILogger logger, string job, int attempt, string reason);
}
