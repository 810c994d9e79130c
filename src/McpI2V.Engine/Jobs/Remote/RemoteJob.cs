using System.Globalization;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Takes one job through a vendor: prepare, send once, wait, fetch. What is written before and after each step decides what
/// the next process may do: the paid request is sent once and never by a process that can't know whether it was sent.
/// </summary>
internal sealed partial class RemoteJob(
    JobStore jobs,
    RemoteRows rows,
    RemoteSubmit submit,
    RemoteRecovery recovery,
    RemoteWait wait,
    RemoteFetch fetch,
    RemoteEnding ending,
    RemoteParts parts,
    TimeProvider time,
    ILogger<RemoteJob> log)
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // Above this a vendor's bill is told: prices are rounded, and the catalogue's may be a little old.
    private const decimal TellAbove = 1.25m;

    // No task of any vendor costs a thousand dollars (the catalogue, 2026-11).
    private const decimal MostBelievableUsd = 1_000;

    /// <summary>Runs a job to its end, from wherever it stands. Never throws: what nobody foresaw is told, and the job is taken up again where its row says that it stands.</summary>
    public async Task RunAsync(RemoteFlight flight)
    {
        using var way = JobTelemetry.Way(flight.Job);
        for (var surprise = 1; ; surprise++)
        {
            try
            {
                await RunFromAsync(flight, flight.Job);
                return;
            }
            catch (OperationCanceledException) when (flight.IsStopping)
            {
                // What was sent goes on at the vendor; the next process looks for it. What was not is queued again.
                Leave(flight.Job);
                return;
            }
            catch (LostTermException e)
            {
                LogLost(log, flight.Job.Name, e);
                return;
            }
            catch (Exception e)
            {
                JobTelemetry.Failed(way, ErrorCode.ProviderFailed);
                LogUnexpected(log, flight.Job.Name, e);
                if (!await TakeUpAgainAsync(flight, e, surprise))
                {
                    return;
                }
            }
        }
    }

    // False if there is nothing to take up: it has ended, is somebody else's, or was never sent.
    private async Task<bool> TakeUpAgainAsync(RemoteFlight flight, Exception e, int surprise)
    {
        try
        {
            var told = e as I2VException ?? I2VException.FromDisk(e);
            var pause = Backoff.Pause(surprise, flight.Slots.Provider.Limits, LongestPause);
            if (!IsLocked(e) && jobs.Find(flight.Job.Id) is { SentAt: null, Remote: null, State: JobState.Submitting } unsent)
            {
                await ending.FailAsync(flight, unsent, told?.Code ?? ErrorCode.ProviderFailed, told?.Message ?? "The request could not be prepared; the server's log has the details.", 0);
                return false;
            }
            rows.Say(flight.Job, $"{told?.Message.TrimEnd('.') ?? $"Something went wrong here ({e.GetType().Name}); the server's log has the details"}. The job is taken up again in {pause.TotalSeconds:0} s; nothing is lost.");
            parts.Signal.Pulse();
            await Task.Delay(pause, time, flight.Stop);
            var now = jobs.Find(flight.Job.Id);
            flight.Job = now ?? flight.Job;
            return now is not null && now.Term == flight.Job.Term && now.State is JobState.Submitting or JobState.Running or JobState.Fetching;
        }
        catch (OperationCanceledException) when (flight.IsStopping)
        {
            Leave(flight.Job);
            return false;
        }
        catch (LostTermException)
        {
            return false;
        }
        catch (Exception again)
        {
            // Not even the row can be read or written: it stands as it did.
            LogUnexpected(log, flight.Job.Name, again);
            await Task.Delay(LongestPause, time, flight.Stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return !flight.IsStopping;
        }
    }

    // Another program holds the database for a while: that is no reason to give an order up.
    private static bool IsLocked(Exception e) => e.InnerException is Microsoft.Data.Sqlite.SqliteException { SqliteErrorCode: 5 or 6 };

    private async Task RunFromAsync(RemoteFlight flight, Job job)
    {
        if (job.State == JobState.Fetching && parts.Publisher.TryFinish(job))
        {
            return;
        }
        var accepted = job switch
        {
            { Remote: not null } => (job, null),
            { SentAt: not null } => await RecoverAsync(flight, job),
            _ => await submit.SendAsync(flight, job),
        };
        if (accepted is not ({ } running, var finished))
        {
            return;
        }
        flight.Slots.Accepted();
        await parts.Pauses.ReachAsync("running", flight.Stop);
        var order = parts.Outline(running);
        var status = finished ?? await wait.UntilOverAsync(flight, running, order);
        if (status is null)
        {
            return;
        }
        flight.LeaveVendor();
        status = status with { CostUsd = Believable(running, status.CostUsd) };
        await parts.Pauses.ReachAsync("finished", flight.Stop);
        if (status.State != RemoteState.Done)
        {
            await ending.OfFailureAsync(flight, running, status);
            return;
        }
        await BringHomeAsync(flight, running, order, status);
    }

    // Found, or known not to have been accepted and sent now.
    private async Task<(Job Job, RemoteStatus? Finished)?> RecoverAsync(RemoteFlight flight, Job job) =>
        await recovery.RecoverAsync(flight, job) is not ({ } found, var finished) ? null
        : found.Remote is null ? await submit.SendAsync(flight, found)
        : (found, finished);

    private async Task BringHomeAsync(RemoteFlight flight, Job job, GenerationOrder order, RemoteStatus done)
    {
        var cost = done.CostUsd ?? job.EstimatedCostUsd;
        if (done.Outputs.Count == 0)
        {
            await ending.FailAsync(flight, job, ErrorCode.ProviderFailed, $"{job.Provider} says it is done and delivered nothing ({job.Remote!.Shown}).", cost);
            return;
        }
        job = rows.Fetching(job);
        parts.Signal.Pulse();
        using var folder = parts.Work.Create();
        try
        {
            var (files, missing) = await fetch.BringAsync(flight, job, order, done, cost, folder.Work());
            await parts.Pauses.ReachAsync("fetched", flight.Stop);
            // From here on the result exists: it is published whatever happens to the one who asked.
            await parts.Publisher.PublishAsync(job with { Warnings = [.. job.Warnings, .. Told(job, cost), .. missing is null ? Array.Empty<string>() : [missing]] }, files, flight.Stop);
            LogSucceeded(log, job.Name, files.Count);
        }
        catch (ProviderException e)
        {
            await ending.FailAsync(flight, job, e.Code, $"{e.Message.TrimEnd('.')} ({job.Provider}'s {job.Remote!.Shown}).", cost);
        }
        catch (OperationCanceledException) when (flight.IsCalledOff && !flight.IsStopping)
        {
            await ending.CancelAsync(flight, job, $"Called off by cancel_job while the result could not be had. {job.Provider} made it as {job.Remote!.Shown}: {Usd(cost)} was spent.", cost);
        }
        parts.Signal.Pulse();
    }

    // Booked is what the vendor charged; the user agreed to something else.
    private static IEnumerable<string> Told(Job job, decimal cost)
    {
        if (cost > job.EstimatedCostUsd * TellAbove && cost - job.EstimatedCostUsd > 0.01m)
        {
            yield return $"{job.Provider} charged {Usd(cost)}, and {Usd(job.EstimatedCostUsd)} was expected. What it charged is what counts against the budget; tell the user before more is ordered.";
        }
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
            ending.LeaveForTheNext(job);
        }
        catch (Exception e) when (e is I2VException or IOException)
        {
            // The next term finds it as it is.
            LogLost(log, job.Name, e);
        }
    }

    /// <summary>Money in words.</summary>
    internal static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} succeeded with {Count} assets")]
    private static partial void LogSucceeded(ILogger logger, string job, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} is carried on by another process or later")]
    private static partial void LogLost(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: {Provider} reports a cost that can't be right; the catalogue's price counts")]
    private static partial void LogOddBill(ILogger logger, string job, string provider);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} met something unexpected and is taken up again")]
    private static partial void LogUnexpected(ILogger logger, string job, Exception exception);
}
