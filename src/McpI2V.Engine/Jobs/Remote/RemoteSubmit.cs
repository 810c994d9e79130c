using McpI2V.Engine.Providers;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Sends the one request that costs. It is sent again only when nothing can have been accepted, and from the moment it may
/// have left no fault of ours makes it free: what the vendor said is written until it is on the disk.
/// </summary>
internal sealed partial class RemoteSubmit(RemoteRows rows, RemoteEnding ending, RemoteRecovery recovery, UntilWritten writes, IEnumerable<ISendElsewhere> elsewhere, RemoteParts parts, TimeProvider time, ILogger<RemoteSubmit> log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private const int TriesBeforeFallingBack = 4;

    /// <summary>Prepares and sends; null if the job ended or went elsewhere.</summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> SendAsync(RemoteFlight flight, Job job)
    {
        using var step = JobTelemetry.Step("submit", job);
        await parts.Pauses.ReachAsync("submitting", flight.Stop);
        using var folder = parts.Work.Create();
        var started = time.GetTimestamp();
        IReadyRequest? ready = null;
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                if (flight.IsCalledOff || rows.IsCalledOff(job))
                {
                    await ending.CallOffAsync(flight, job);
                    return null;
                }
                try
                {
                    ready ??= await PrepareAsync(flight, job, folder.Work());
                }
                catch (ProviderException e)
                {
                    if (await MayTryAgainAsync(flight, job, e, attempt, started))
                    {
                        continue;
                    }
                    return null;
                }
                catch (OperationCanceledException) when (flight.IsCalledOff && !flight.IsStopping)
                {
                    continue;
                }
                catch (Exception e) when (e is MediaException or I2VException)
                {
                    await ending.FailAsync(flight, job, e is I2VException told ? told.Code : I2VException.From((MediaException)e).Code, e.Message, 0);
                    return null;
                }
                if (flight.IsCalledOff)
                {
                    continue;
                }
                var (sent, taken, fault) = await SendOnceAsync(flight, job, ready);
                if (taken is not null)
                {
                    return (sent, taken.Finished ?? await KeptAsync(flight, sent));
                }
                if (fault!.Acceptance != Acceptance.No && await recovery.SettleAsync(flight, sent, fault) is var settled && settled is not { Job.Remote: null })
                {
                    return settled;
                }
                if (!await MayTryAgainAsync(flight, job, fault, attempt, started))
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

    private async Task<IReadyRequest> PrepareAsync(RemoteFlight flight, Job job, MediaWork work)
    {
        var outline = parts.Outline(job);
        IReadyRequest ready;
        if (elsewhere.FirstOrDefault() is { } other && flight.Slots.Provider.AnswersAtOnce(outline))
        {
            ready = await other.PrepareAsync(job, flight.Wake);
        }
        else
        {
            var order = await parts.Orders.ReadAsync(job, work, flight.Wake) with { AnswerFile = outline.AnswerFile };
            ready = new ReadyRequest(flight.Slots.Provider, await flight.Slots.Provider.PrepareAsync(order, flight.Wake));
        }
        await parts.Pauses.ReachAsync("prepared", flight.Stop);
        return ready;
    }

    // What another process has sent is answered into a file.
    private async Task<RemoteStatus?> KeptAsync(RemoteFlight flight, Job job) =>
        flight.Slots.Provider.AnswersAtOnce(parts.Outline(job)) ? (await flight.Slots.Provider.RecallAsync(parts.Outline(job), flight.Stop))?.Finished : null;

    // What came of it: taken, or refused with the fault that says whether nothing can have been accepted.
    private async Task<(Job Job, Submission? Taken, ProviderException? Refused)> SendOnceAsync(RemoteFlight flight, Job job, IReadyRequest ready)
    {
        flight.Stop.ThrowIfCancellationRequested();
        var key = job.AttemptKey!;
        parts.Notes.Reserve(key, flight.Slots.Provider.Limits.CanFind ? ready.Body : null);
        var sending = rows.Sending(job);
        await parts.Pauses.ReachAsync("sending", flight.Stop);
        Submission taken;
        try
        {
            // Past the point of no return: neither the caller nor the end of the process cuts it off. It has its own timeout.
            taken = await ready.SendAsync(flight.Stop);
            await parts.Pauses.ReachAsync("answered", flight.Stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !flight.IsStopping)
        {
            var fault = e as ProviderException ?? new ProviderException(ErrorCode.ProviderFailed, $"{job.Provider}'s answer could not be read", Acceptance.Unknown, e);
            if (fault.Acceptance != Acceptance.No)
            {
                return (sending, null, fault);
            }
            Note(key, job, new SendNote(null));
            return (await writes.WriteAsync(job, () => rows.NotAccepted(sending), flight.Stop), null, fault);
        }
        LogAccepted(log, job.Name, job.Provider, taken.Task.Id);
        Note(key, job, new SendNote(taken.Task));
        await parts.Pauses.ReachAsync("accepted", flight.Stop);
        flight.Slots.Accepted();
        var accepted = await writes.WriteAsync(job, () => rows.Accepted(sending, taken.Task), flight.Stop);
        parts.Signal.Pulse();
        return (accepted, taken, null);
    }

    // The row is what counts; the note is for the case that it can't be written before the process ends.
    private void Note(string key, Job job, SendNote note)
    {
        try
        {
            parts.Notes.Note(key, note);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotNoted(log, job.Name, e);
        }
    }

    // Nothing was accepted: after a pause it may be tried again, or the job has ended or gone elsewhere.
    private async Task<bool> MayTryAgainAsync(RemoteFlight flight, Job job, ProviderException fault, int attempt, long started)
    {
        var isInTime = time.GetElapsedTime(started) + (fault.RetryAfter ?? TimeSpan.Zero) < Patience;
        if (!fault.IsPassing || !isInTime || (job.Route.Count > 0 && attempt >= TriesBeforeFallingBack))
        {
            await ending.OfRefusalAsync(flight, job, fault);
            return false;
        }
        LogBusy(log, job.Name, attempt, fault.Message);
        var pause = fault.RetryAfter ?? Backoff.Pause(attempt, flight.Slots.Provider.Limits, LongestPause);
        flight.Slots.Close(pause);
        rows.Say(job, $"{fault.Message.TrimEnd('.')}. It is tried again in {pause.TotalSeconds:0} s; nothing was spent.");
        parts.Signal.Pulse();
        await Task.Delay(pause, time, flight.Wake).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        flight.Stop.ThrowIfCancellationRequested();
        return true;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was taken by {Provider} as {Task}")]
    private static partial void LogAccepted(ILogger logger, string job, string provider, string task);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: try {Attempt} was not taken: {Reason}")]
    private static partial void LogBusy(ILogger logger, string job, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job}: what the vendor said could not be noted beside the database")]
    private static partial void LogNotNoted(ILogger logger, string job, Exception exception);
}
