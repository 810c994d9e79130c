using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Providers;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Finds out what became of a request that may have been accepted: by what was noted, by what was answered, by asking the provider. It is
/// never sent again blindly.
/// </summary>
internal sealed partial class RemoteRecovery(
    RemoteJobStore store,
    RemoteJobOutcomes outcomes,
    UntilWritten writes,
    IEnumerable<ISendElsewhere> elsewhere,
    RemoteServices services,
    TimeProvider time,
    ILogger<RemoteRecovery> log)
{
    private const int MostQuestions = 5;
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LookForSender = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Takes up a job whose paid request may have left before its process died. Null: it has ended; a job that was never sent: it may be
    /// sent.
    /// </summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> RecoverAsync(RemoteJobContext context, Job job)
    {
        using var step = JobTelemetry.Step("recover", job);
        while (elsewhere.Any(e => e.IsOnItsWay(job.AttemptKey!)))
        {
            // Its answer comes to another process; ours is to wait for that one.
            await Task.Delay(LookForSender, time, context.Stop);
        }
        return await SettleAsync(
            context,
            job,
            new ProviderException(ErrorCode.Unconfirmed, "the server was stopped while the request was on its way", Acceptance.Unknown));
    }

    /// <summary>
    /// Settles a request whose answer was lost: the job with its task, or as one that was never accepted and may be sent; null
    /// where it has ended as unconfirmed.
    /// </summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> SettleAsync(RemoteJobContext context, Job job, ProviderException fault)
    {
        LogLostAnswer(log, job.Name, fault.Message);
        if (services.Notes.Read(job.AttemptKey!) is { Task: null } note)
        {
            return await RefusedAsync(context, job, note.Refusal);
        }
        if (await RecallAsync(context, job) is { } kept)
        {
            return (await AcceptedAsync(context, job, kept.Task), kept.Finished);
        }
        var task = services.Notes.Read(job.AttemptKey!)?.Task
            ?? await NamedAsync(context, job, fault.Named)
            ?? await FindAsync(context, job);
        if (task is not null)
        {
            return (await AcceptedAsync(context, job, task), null);
        }
        if (context.Concurrency.Provider.Limits.IsFree)
        {
            return (await NotAcceptedAsync(context, job), null);
        }
        await outcomes.UnconfirmedAsync(context, job, fault);
        return null;
    }

    private Task<Job> AcceptedAsync(RemoteJobContext context, Job job, RemoteTask task) =>
        writes.WriteAsync(job, () => store.Accepted(job, task), context.Stop);

    private Task<Job> NotAcceptedAsync(RemoteJobContext context, Job job) =>
        writes.WriteAsync(job, () => store.NotAccepted(job), context.Stop);

    // A refusal for good ends the job as it would have, had this process heard it: it is not sent again to be refused again.
    private async Task<(Job Job, RemoteStatus? Finished)?> RefusedAsync(RemoteJobContext context, Job job, Refusal? refusal)
    {
        var unsent = await NotAcceptedAsync(context, job);
        if (refusal is null or { IsPassing: true })
        {
            return (unsent, null);
        }
        await outcomes.OfRefusalAsync(context, unsent, refusal.ToException());
        return null;
    }

    private async Task<Submission?> RecallAsync(RemoteJobContext context, Job job)
    {
        try
        {
            return await context.Concurrency.Provider.RecallAsync(services.Outline(job), context.Stop);
        }
        catch (Exception e) when (e is not OperationCanceledException || !context.IsStopping)
        {
            // It is there and can't be read: the file stays, and the user is told that nobody knows.
            LogLostAnswer(log, job.Name, e.Message);
            return null;
        }
    }

    // An answer that says an error and names a task: the provider is asked whether it exists.
    private async Task<RemoteTask?> NamedAsync(RemoteJobContext context, Job job, RemoteTask? named)
    {
        for (var attempt = 1; named is not null && attempt <= MostQuestions; attempt++)
        {
            try
            {
                if ((await context.GetStatusAsync(named, services.Outline(job), time)).State != RemoteState.Gone)
                {
                    return named;
                }
            }
            catch (ProviderException e)
            {
                LogLostAnswer(log, job.Name, e.Message);
            }
            await PauseAsync(context, attempt, null);
        }
        return null;
    }

    private async Task<RemoteTask?> FindAsync(RemoteJobContext context, Job job)
    {
        var provider = context.Concurrency.Provider;
        if (!provider.Limits.CanFind)
        {
            return null;
        }
        var lost = new LostRequest(
            services.Outline(job),
            job.SentAt ?? job.CreatedAt,
            services.Notes.BodyOf(job.AttemptKey!),
            id => store.IsTaken(job, id));
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await provider.FindAsync(lost, context.Stop);
            }
            catch (Exception e) when (e is not OperationCanceledException || !context.IsStopping)
            {
                LogLostAnswer(log, job.Name, e.Message);
                if (attempt == MostQuestions || e is ProviderException { IsPassing: false })
                {
                    return null;
                }
                await PauseAsync(context, attempt, (e as ProviderException)?.RetryAfter);
            }
        }
    }

    private Task PauseAsync(RemoteJobContext context, int attempt, TimeSpan? wanted) =>
        Task.Delay(wanted ?? Backoff.Pause(attempt, context.Concurrency.Provider.Limits, LongestPause), time, context.Stop);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: the answer was lost: {Reason}")]
    private static partial void LogLostAnswer(ILogger logger, string job, string reason);
}
