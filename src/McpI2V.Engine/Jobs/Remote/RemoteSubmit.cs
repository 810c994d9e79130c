using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Sends the one request that costs. It is sent again only when nothing can have been accepted, and from the moment it may
/// have left no fault of ours makes it free: what the provider said is written until it is on the disk.
/// </summary>
internal sealed partial class RemoteSubmit(
    RemoteJobStore store,
    RemoteJobOutcomes outcomes,
    RemoteRecovery recovery,
    UntilWritten writes,
    IEnumerable<ISendElsewhere> elsewhere,
    RemoteServices services,
    TimeProvider time,
    ILogger<RemoteSubmit> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestToSend = TimeSpan.FromSeconds(2);
    private const int TriesBeforeFallingBack = 4;
    private const int TriesOfWhoDoesNotAnswer = 2;

    /// <summary>Prepares and sends; null if the job ended or went elsewhere.</summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> SendAsync(RemoteJobContext context, Job job)
    {
        using var step = JobTelemetry.Step("submit", job);
        await services.CrashPoints.ReachAsync("submitting", context.Stop);
        using var folder = services.Work.Create();
        await using var held = services.Library.Hold();
        var started = time.GetTimestamp();
        IReadyRequest? ready = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (context.IsCancelRequested || store.IsCancelRequested(job))
                {
                    await outcomes.CallOffAsync(context, job);
                    return null;
                }
                try
                {
                    ready ??= await PrepareAsync(context, job, held, folder.Work());
                }
                catch (ProviderException e)
                {
                    if (await MayTryAgainAsync(context, job, e, attempt, started))
                    {
                        continue;
                    }
                    return null;
                }
                catch (OperationCanceledException) when (context.IsCancelRequested && !context.IsStopping)
                {
                    continue;
                }
                catch (Exception e) when (e is MediaException or I2VException)
                {
                    await outcomes.FailAsync(
                        context,
                        job,
                        e is I2VException told ? told.Code : I2VException.From((MediaException)e).Code,
                        e.Message,
                        0);
                    return null;
                }
                if (context.IsCancelRequested)
                {
                    continue;
                }
                var (sent, taken, fault) = await SendOnceAsync(context, job, ready);
                if (taken is not null)
                {
                    return (sent, taken.Finished ?? await KeptAsync(context, sent));
                }
                if (fault!.Acceptance != Acceptance.No
                    && await recovery.SettleAsync(context, sent, fault) is var settled
                    && settled is not { Job.Remote: null })
                {
                    return settled;
                }
                if (!await MayTryAgainAsync(context, job, fault, attempt, started))
                {
                    return null;
                }
            }
        }
        finally
        {
            if (ready is not null)
            {
                await ready.DisposeAsync();
            }
        }
    }

    private async Task<IReadyRequest> PrepareAsync(RemoteJobContext context, Job job, HeldMedia held, MediaWork work)
    {
        var outline = services.Outline(job);
        IReadyRequest ready;
        if (elsewhere.FirstOrDefault() is { } other && context.Concurrency.Provider.AnswersAtOnce(outline))
        {
            ready = await other.PrepareAsync(job, context.Wake);
        }
        else
        {
            var order = await services.ReadOrderAsync(job, held, work, context.Wake);
            ready = new ReadyRequest(context.Concurrency.Provider, await context.Concurrency.Provider.PrepareAsync(order, context.Wake));
        }
        await services.CrashPoints.ReachAsync("prepared", context.Stop);
        return ready;
    }

    // What another process has sent is answered into a file.
    private async Task<RemoteStatus?> KeptAsync(RemoteJobContext context, Job job) =>
        context.Concurrency.Provider.AnswersAtOnce(services.Outline(job))
            ? (await context.Concurrency.Provider.RecallAsync(services.Outline(job), context.Stop))?.Finished
            : null;

    // What came of it: taken, or refused with the fault that says whether nothing can have been accepted.
    private async Task<(Job Job, Submission? Taken, ProviderException? Refused)> SendOnceAsync(
        RemoteJobContext context,
        Job job,
        IReadyRequest ready)
    {
        context.Stop.ThrowIfCancellationRequested();
        var key = job.AttemptKey!;
        services.Notes.Reserve(key, context.Concurrency.Provider.Limits.CanFind ? ready.Body : null);
        var sending = store.Sending(job);
        var written = time.GetTimestamp();
        await services.CrashPoints.ReachAsync("sending", context.Stop);
        if (time.GetElapsedTime(written) > LongestToSend && !store.IsOurs(sending))
        {
            // This process slept, and another has asked the provider about it by now.
            throw new StaleTermException(job.Name);
        }
        Submission taken;
        try
        {
            // Past the point of no return: neither the caller nor the end of the process cuts it off. It has its own timeout.
            taken = await ready.SendAsync(context.Stop);
            await services.CrashPoints.ReachAsync("answered", context.Stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.IsStopping)
        {
            var fault = e as ProviderException
                ?? new ProviderException(ErrorCode.ProviderFailed, $"{job.Provider}'s answer could not be read", Acceptance.Unknown, e);
            if (fault.Acceptance != Acceptance.No)
            {
                return (sending, null, fault);
            }
            Note(key, job, SendNote.Of(fault));
            await services.CrashPoints.ReachAsync("refused", context.Stop);
            return (await writes.WriteAsync(job, () => store.NotAccepted(sending), context.Stop), null, fault);
        }
        LogAccepted(log, job.Name, job.Provider, taken.Task.Id);
        Note(key, job, new SendNote(taken.Task));
        await services.CrashPoints.ReachAsync("accepted", context.Stop);
        context.Concurrency.Accepted();
        var accepted = await writes.WriteAsync(job, () => store.Accepted(sending, taken.Task), context.Stop);
        services.Signal.Pulse();
        return (accepted, taken, null);
    }

    // The row is what counts; the note is for the case that it can't be written before the process ends.
    private void Note(string key, Job job, SendNote note)
    {
        try
        {
            services.Notes.Note(key, note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotNoted(log, job.Name, e);
        }
    }

    // Nothing was accepted: after a pause it may be tried again, or the job has ended or gone elsewhere.
    private async Task<bool> MayTryAgainAsync(RemoteJobContext context, Job job, ProviderException fault, int attempt, long started)
    {
        var isInTime = time.GetElapsedTime(started) + (fault.RetryAfter ?? TimeSpan.Zero) < Patience;
        if (!fault.IsPassing || !isInTime)
        {
            await outcomes.OfRefusalAsync(context, job, fault);
            return false;
        }
        // Where nobody answers at one provider, and there is no other that may be paid, it is waited for.
        if (attempt >= TriesBefore(fault) && await outcomes.TryElsewhereAsync(context, job, fault))
        {
            return false;
        }
        LogBusy(log, job.Name, attempt, fault.Message);
        var pause = fault.RetryAfter ?? Backoff.Pause(attempt, context.Concurrency.Provider.Limits, LongestPause);
        context.Concurrency.Close(pause);
        store.Say(job, $"{fault.Message.TrimEnd('.')}. It is tried again in {pause.TotalSeconds:0} s; nothing was spent.");
        services.Signal.Pulse();
        await Task.Delay(pause, time, context.Wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.Stop.ThrowIfCancellationRequested();
        return true;
    }

    private static int TriesBefore(ProviderException fault) => fault.IsUnreachable ? TriesOfWhoDoesNotAnswer : TriesBeforeFallingBack;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was taken by {Provider} as {Task}")]
    private static partial void LogAccepted(ILogger logger, string job, string provider, string task);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: try {Attempt} was not taken: {Reason}")]
    private static partial void LogBusy(ILogger logger, string job, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job}: what the provider said could not be noted beside the database")]
    private static partial void LogNotNoted(ILogger logger, string job, Exception exception);
}
