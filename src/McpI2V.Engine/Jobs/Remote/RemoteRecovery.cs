using McpI2V.Engine.Providers;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>Finds out what became of a request that may have been accepted: by what was noted, by what was answered, by asking the vendor. It is never sent again blindly.</summary>
internal sealed partial class RemoteRecovery(RemoteRows rows, RemoteEnding ending, UntilWritten writes, IEnumerable<ISendElsewhere> elsewhere, RemoteParts parts, TimeProvider time, ILogger<RemoteRecovery> log)
{
    private const int MostQuestions = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookForSender = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes up a job whose paid request may have left before its process died. Null: it has ended; a job that was never sent: it may be sent.</summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> RecoverAsync(RemoteFlight flight, Job job)
    {
        using var step = JobTelemetry.Step("recover", job);
        while (elsewhere.Any(e => e.IsOnItsWay(job.AttemptKey!)))
        {
            // Its answer comes to another process; ours is to wait for that one.
            await Task.Delay(LookForSender, time, flight.Stop);
        }
        return await SettleAsync(flight, job, new ProviderException(ErrorCode.Unconfirmed, "the server was stopped while the request was on its way", Acceptance.Unknown));
    }

    /// <summary>
    /// Settles a request whose answer was lost: the job with its task, or as one that was never accepted and may be sent; null
    /// where it has ended as unconfirmed.
    /// </summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> SettleAsync(RemoteFlight flight, Job job, ProviderException fault)
    {
        LogLostAnswer(log, job.Name, fault.Message);
        if (parts.Notes.Read(job.AttemptKey!) is { Task: null })
        {
            return (await NotAcceptedAsync(flight, job), null);
        }
        if (await RecallAsync(flight, job) is { } kept)
        {
            return (await AcceptedAsync(flight, job, kept.Task), kept.Finished);
        }
        var task = parts.Notes.Read(job.AttemptKey!)?.Task ?? await NamedAsync(flight, job, fault.Named) ?? await FindAsync(flight, job);
        if (task is not null)
        {
            return (await AcceptedAsync(flight, job, task), null);
        }
        if (flight.Slots.Provider.Limits.IsFree)
        {
            return (await NotAcceptedAsync(flight, job), null);
        }
        await ending.UnconfirmedAsync(flight, job, fault);
        return null;
    }

    private Task<Job> AcceptedAsync(RemoteFlight flight, Job job, RemoteTask task) => writes.WriteAsync(job, () => rows.Accepted(job, task), flight.Stop);

    private Task<Job> NotAcceptedAsync(RemoteFlight flight, Job job) => writes.WriteAsync(job, () => rows.NotAccepted(job), flight.Stop);

    private async Task<Submission?> RecallAsync(RemoteFlight flight, Job job)
    {
        try
        {
            return await flight.Slots.Provider.RecallAsync(parts.Outline(job), flight.Stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !flight.IsStopping)
        {
            // It is there and can't be read: the file stays, and the user is told that nobody knows.
            LogLostAnswer(log, job.Name, e.Message);
            return null;
        }
    }

    // An answer that says an error and names a task: the vendor is asked whether it exists.
    private async Task<RemoteTask?> NamedAsync(RemoteFlight flight, Job job, RemoteTask? named)
    {
        for (var attempt = 1; named is not null && attempt <= MostQuestions; attempt++)
        {
            try
            {
                if ((await flight.LookAsync(named, parts.Outline(job), time)).State != RemoteState.Gone)
                {
                    return named;
                }
            }
            catch (ProviderException e)
            {
                LogLostAnswer(log, job.Name, e.Message);
            }
            await PauseAsync(flight, attempt, null);
        }
        return null;
    }

    private async Task<RemoteTask?> FindAsync(RemoteFlight flight, Job job)
    {
        var provider = flight.Slots.Provider;
        if (!provider.Limits.CanFind)
        {
            return null;
        }
        var lost = new LostRequest(parts.Outline(job), job.SentAt ?? job.CreatedAt, parts.Notes.BodyOf(job.AttemptKey!), id => rows.IsTaken(job, id));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await provider.FindAsync(lost, flight.Stop);
            }
            catch (Exception e) when (e is not OperationCanceledException || !flight.IsStopping)
            {
                LogLostAnswer(log, job.Name, e.Message);
                if (attempt == MostQuestions || e is ProviderException { IsPassing: false })
                {
                    return null;
                }
                await PauseAsync(flight, attempt, (e as ProviderException)?.RetryAfter);
            }
        }
    }

    private Task PauseAsync(RemoteFlight flight, int attempt, TimeSpan? wanted) =>
        Task.Delay(wanted ?? Backoff.Pause(attempt, flight.Slots.Provider.Limits, LongestPause), time, flight.Stop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: the answer was lost: {Reason}")]
    private static partial void LogLostAnswer(ILogger logger, string job, string reason);
}
