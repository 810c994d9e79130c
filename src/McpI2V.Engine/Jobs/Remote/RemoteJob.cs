using System.Globalization;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Remote.Results;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Spending;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Takes one job through a provider: prepare, send once, wait, fetch. What is written before and after each step decides what
/// the next process may do: the paid request is sent once and never by a process that can't know whether it was sent.
/// </summary>
internal sealed partial class RemoteJob(
    JobStore jobs,
    RemoteJobStore store,
    RemoteSubmit submit,
    RemoteRecovery recovery,
    RemoteWait wait,
    RemoteFetch fetch,
    RemoteJobOutcomes outcomes,
    RemoteServices services,
    TimeProvider time,
    ILogger<RemoteJob> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan WhileUnread = TimeSpan.FromSeconds(5);

    // No task of any provider costs a thousand dollars (the catalogue, 2026-11).
    private const decimal MostBelievableUsd = 1_000;

    /// <summary>
    /// Runs a job to its end, from wherever it stands. Never throws: what nobody foresaw is told, and the job is taken up again where its
    /// row says that it stands.
    /// </summary>
    public async Task RunAsync(RemoteJobContext context)
    {
        using var way = JobTelemetry.Way(context.Job);
        for (var surprise = 1; ; surprise++)
        {
            try
            {
                await RunFromAsync(context, context.Job);
                return;
            }
            catch (OperationCanceledException) when (context.IsStopping)
            {
                // What was sent goes on at the provider; the next process looks for it. What was not is queued again.
                Leave(context.Job);
                return;
            }
            catch (StaleTermException e)
            {
                LogLost(log, context.Job.Name, e);
                return;
            }
            catch (Exception e)
            {
                JobTelemetry.Failed(way, ErrorCode.ProviderFailed);
                LogUnexpected(log, context.Job.Name, e);
                if (!await TakeUpAgainAsync(context, e, surprise))
                {
                    return;
                }
            }
        }
    }

    // False if there is nothing to take up: it has ended, is somebody else's, or was never sent. Where a job stands is told by its row
    // alone: before that can be read, nothing goes on.
    private async Task<bool> TakeUpAgainAsync(RemoteJobContext context, Exception e, int surprise)
    {
        while (true)
        {
            try
            {
                return await StandsAsync(context, e, surprise);
            }
            catch (OperationCanceledException) when (context.IsStopping)
            {
                Leave(context.Job);
                return false;
            }
            catch (StaleTermException)
            {
                return false;
            }
            catch (Exception again)
            {
                LogUnexpected(log, context.Job.Name, again);
                await Task.Delay(WhileUnread, time, context.Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<bool> StandsAsync(RemoteJobContext context, Exception e, int surprise)
    {
        context.Stop.ThrowIfCancellationRequested();
        var told = e as I2VException ?? I2VException.FromDisk(e);
        var pause = Backoff.Pause(surprise, context.Concurrency.Provider.Limits, LongestPause);
        if (!IsLocked(e) && jobs.Find(context.Job.Id) is { SentAt: null, Remote: null, State: JobState.Submitting } unsent)
        {
            await outcomes.FailAsync(
                context,
                unsent,
                told?.Code ?? ErrorCode.ProviderFailed,
                told?.Message ?? "The request could not be prepared; the server's log has the details.",
                0);
            return false;
        }
        store.Say(context.Job,
            $"{told?.Message.TrimEnd('.') ?? $"Something went wrong here ({e.GetType().Name}); the server's log has the details"}. " +
                $"The job is taken up again in {pause.TotalSeconds:0} s; nothing is lost.");
        services.Signal.Pulse();
        await Task.Delay(pause, time, context.Stop);
        var now = jobs.Find(context.Job.Id);
        var isOurs = now?.Term == context.Job.Term;
        context.Job = now ?? context.Job;
        return isOurs
            && context.Job.State is JobState.Submitting or JobState.Running or JobState.Fetching;
    }

    // Another program holds the database for a while: that is no reason to give an order up.
    private static bool IsLocked(Exception e) => e is I2VException { IsLocked: true };

    private async Task RunFromAsync(RemoteJobContext context, Job job)
    {
        if (job.State == JobState.Fetching && await services.Publisher.TryFinishAsync(job, context.Stop))
        {
            return;
        }
        var accepted = job switch
        {
            { Remote: not null } => (job, null),
            { SentAt: not null } => await RecoverAsync(context, job),
            _ => await submit.SendAsync(context, job),
        };
        if (accepted is not ({ } running, var finished))
        {
            return;
        }
        context.Concurrency.Accepted();
        await services.CrashPoints.ReachAsync("running", context.Stop);
        var order = services.Outline(running);
        var status = finished ?? await wait.UntilOverAsync(context, running, order);
        if (status is null)
        {
            return;
        }
        context.LeaveVendor();
        status = status with { CostUsd = Believable(running, status.CostUsd) };
        await services.CrashPoints.ReachAsync("finished", context.Stop);
        if (status.State != RemoteState.Done)
        {
            await outcomes.OfFailureAsync(context, running, status);
            return;
        }
        await BringHomeAsync(context, running, order, status);
    }

    // Found, or known not to have been accepted and sent now.
    private async Task<(Job Job, RemoteStatus? Finished)?> RecoverAsync(RemoteJobContext context, Job job) =>
        await recovery.RecoverAsync(context, job) is not ({ } found, var finished) ? null
        : found.Remote is null ? await submit.SendAsync(context, found)
        : (found, finished);

    private async Task BringHomeAsync(RemoteJobContext context, Job job, GenerationOrder order, RemoteStatus done)
    {
        var cost = done.CostUsd ?? job.EstimatedCostUsd;
        if (done.Outputs.Count == 0)
        {
            await outcomes.FailAsync(
                context,
                job,
                ErrorCode.ProviderFailed,
                $"{job.Provider} says it is done and delivered nothing ({job.Remote!.Shown}).",
                cost,
                isCharged: done.CostUsd is not null);
            return;
        }
        job = store.Fetching(job);
        services.Signal.Pulse();
        using var folder = services.Work.Create();
        try
        {
            var (files, missing) = await fetch.BringAsync(context, job, order, done, cost, folder.Work());
            await services.CrashPoints.ReachAsync("fetched", context.Stop);
            // From here on the result exists: it is published whatever happens to the one who asked.
            await services.Publisher.PublishAsync(
                job with
                {
                    Foremost = [.. job.Foremost, .. AfterPaying.Lines(job, done, cost, files, missing)],
                    Warnings = [.. job.Warnings, .. AfterPaying.Remark(job, done) is { } said ? ["Note: " + said] : Array.Empty<string>()],
                },
                files,
                context.Stop);
            LogSucceeded(log, job.Name, files.Count);
        }
        catch (ProviderException e)
        {
            await outcomes.FailAsync(context, job, e.Code, $"{e.Message.TrimEnd('.')} ({job.Provider}'s {job.Remote!.Shown}).", cost);
        }
        catch (OperationCanceledException) when (context.IsCancelRequested && !context.IsStopping)
        {
            await outcomes.CancelAsync(
                context,
                job,
                $"Canceled by cancel_job while the result could not be had. {job.Provider} made it " +
                    $"as {job.Remote!.Shown}: {Dollars.InWords(cost)} was spent.",
                cost);
        }
        services.Signal.Pulse();
    }

    // A bill that is none, below nothing or beyond any price: the catalogue's price counts, and the budget is not lifted by it.
    private decimal? Believable(Job job, decimal? cost)
    {
        if (cost is null or (>= 0 and <= MostBelievableUsd))
        {
            return cost;
        }
        LogOddBill(log, job.Name, job.Provider);
        return null;
    }

    private void Leave(Job job)
    {
        try
        {
            outcomes.LeaveForTheNext(job);
        }
        catch (Exception e) when (e is I2VException or IOException)
        {
            // The next term finds it as it is.
            LogLost(log, job.Name, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} succeeded with {Count} assets")]
    private static partial void LogSucceeded(ILogger logger, string job, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} is carried on by another process or later")]
    private static partial void LogLost(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message =
        "{Job}: {Provider} reports a cost that can't be right; the catalogue's price counts")]
    private static partial void LogOddBill(ILogger logger, string job, string provider);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} met something unexpected and is taken up again")]
    private static partial void LogUnexpected(ILogger logger, string job, Exception exception);
}
