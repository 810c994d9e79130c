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
internal sealed partial class RemoteJob(RemoteRows rows, RemoteSubmit submit, RemoteWait wait, RemoteFetch fetch, RemoteEnding ending, RemoteParts parts, ILogger<RemoteJob> log)
{
    /// <summary>Runs a job to its end, from wherever it stands. Never throws.</summary>
    public async Task RunAsync(RemoteFlight flight)
    {
        using var way = JobTelemetry.Way(flight.Job);
        try
        {
            await RunFromAsync(flight, flight.Job);
        }
        catch (OperationCanceledException) when (flight.IsStopping)
        {
            // What was sent goes on at the vendor; the next process looks for it. What was not is queued again.
            ending.LeaveForTheNext(flight.Job);
        }
        catch (LostTermException e)
        {
            LogLost(log, flight.Job.Name, e);
        }
        catch (Exception e)
        {
            // The row keeps its state, and the next term carries the job on: better late than paid and forgotten.
            LogUnexpected(log, flight.Job.Name, e);
            ending.AfterUnexpected(flight.Job, e);
        }
    }

    private async Task RunFromAsync(RemoteFlight flight, Job job)
    {
        var accepted = job switch
        {
            { Remote: not null } => (job, null),
            { SentAt: not null } => await submit.RecoverAsync(flight, job),
            _ => await submit.SendAsync(flight, job),
        };
        if (accepted is not ({ } running, var finished))
        {
            return;
        }
        await parts.Pauses.ReachAsync("running", flight.Stop);
        var order = parts.Orders.Outline(running) with { AnswerFile = parts.AnswerOf(running.AttemptKey!) };
        var status = finished ?? await wait.UntilOverAsync(flight, running, order);
        if (status is null)
        {
            return;
        }
        flight.LeaveVendor();
        await parts.Pauses.ReachAsync("finished", flight.Stop);
        if (status.State != RemoteState.Done)
        {
            ending.OfFailure(flight, running, status);
            return;
        }
        await BringHomeAsync(flight, running, order, status);
    }

    private async Task BringHomeAsync(RemoteFlight flight, Job job, GenerationOrder order, RemoteStatus done)
    {
        var cost = done.CostUsd ?? job.EstimatedCostUsd;
        if (done.Outputs.Count == 0)
        {
            ending.Fail(job, ErrorCode.ProviderFailed, $"{job.Provider} says it is done and delivered nothing ({job.Remote!.Id}).", cost);
            return;
        }
        job = rows.Fetching(job);
        parts.Signal.Pulse();
        using var folder = parts.Work.Create();
        try
        {
            var files = await fetch.BringAsync(flight, job, order, done, cost, folder.Work());
            await parts.Pauses.ReachAsync("fetched", flight.Stop);
            // From here on the result exists: it is published whatever happens to the one who asked.
            await parts.Publisher.PublishAsync(job, files, flight.Stop);
            parts.Forget(order);
            LogSucceeded(log, job.Name, files.Count);
        }
        catch (ProviderException e)
        {
            ending.Fail(job, e.Code, e.Message, cost);
        }
        parts.Signal.Pulse();
    }

    /// <summary>Money in words.</summary>
    internal static string Usd(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} succeeded with {Count} assets")]
    private static partial void LogSucceeded(ILogger logger, string job, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job} is carried on by another process or later")]
    private static partial void LogLost(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} met something unexpected")]
    private static partial void LogUnexpected(ILogger logger, string job, Exception exception);
}
