using McpI2V.Engine.Providers;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>How a job at a vendor ends when it does not end well: what is said, what is paid, what is tried next.</summary>
internal sealed partial class RemoteEnding(JobStore jobs, RemoteRows rows, JobSignal signal, ILogger<RemoteEnding> log)
{
    /// <summary>The request was not accepted.</summary>
    public void OfRefusal(Job job, ProviderException fault) => FallBackOrFail(job, fault, costUsd: 0);

    /// <summary>The vendor took it and did not make it.</summary>
    public void OfFailure(RemoteFlight flight, Job job, RemoteStatus status)
    {
        if (status.State == RemoteState.Canceled)
        {
            var charged = status.CostUsd ?? 0;
            var cost = charged > 0 ? $"{job.Provider} charged {RemoteJob.Usd(charged)} for what was made until then." : "Nothing was charged.";
            var who = flight.IsCalledOff ? "Called off by cancel_job" : $"{job.Provider} called it off";
            Write(() => jobs.End(job, JobState.Canceled, ErrorCode.Canceled, $"{who}. {cost}", charged), job, ErrorCode.Canceled);
            return;
        }
        if (status.State == RemoteState.Gone)
        {
            // It was taken, so it may have been made and charged: the budget counts it.
            Fail(job, ErrorCode.ProviderFailed, $"{job.Provider} does not know {job.Remote!.Id} any more: it expired, or was deleted there.", job.EstimatedCostUsd);
            return;
        }
        var fault = status.Fault ?? new ProviderException(ErrorCode.ProviderFailed, $"{job.Provider} could not make it", Acceptance.Yes);
        FallBackOrFail(job, fault, status.CostUsd ?? 0);
    }

    /// <summary>Ends a job with an error.</summary>
    public void Fail(Job job, ErrorCode code, string what, decimal costUsd)
    {
        var money = costUsd > 0 ? $"{RemoteJob.Usd(costUsd)} was spent; asking again costs again." : "Nothing was spent.";
        Write(() => jobs.End(job, JobState.Failed, code, $"{Sentence(what)} {money}", costUsd), job, code);
    }

    /// <summary>Called off before the vendor had it.</summary>
    public void CallOff(Job job) => Write(() => jobs.End(job, JobState.Canceled, ErrorCode.Canceled, "Called off by cancel_job before it was sent; nothing was spent."), job, ErrorCode.Canceled);

    /// <summary>Nobody can tell whether it was accepted.</summary>
    public void Unconfirmed(Job job, ProviderException fault) => Write(
        () => rows.Unconfirmed(job, $"{job.Name} was sent to {job.Provider} at {job.SentAt:HH:mm:ss} UTC and the answer was lost ({fault.Message.TrimEnd('.')}); {job.Provider} can't say whether it was accepted. {RemoteJob.Usd(job.EstimatedCostUsd)} stays reserved. check_job {job.Name} looks again; to pay for a second try, call the tool again with fresh: true; cancel_job {job.Name} gives it up and counts it as spent."),
        job,
        ErrorCode.Unconfirmed);

    /// <summary>The vendor never said its last word.</summary>
    public void GiveUp(Job job, TimeSpan after) => Write(
        () => rows.Unconfirmed(job, $"{job.Provider} took {job.Name} as {job.Remote!.Id} and has not finished it in {after.TotalHours:0.#} h. {RemoteJob.Usd(job.EstimatedCostUsd)} stays reserved. check_job {job.Name} looks again; cancel_job {job.Name} gives it up."),
        job,
        ErrorCode.Unconfirmed);

    /// <summary>The process ends: what was not sent is queued again, what was goes on.</summary>
    public void LeaveForTheNext(Job job)
    {
        try
        {
            jobs.Requeue(job, "the server was closed before anything was sent");
        }
        catch (Exception e)
        {
            // The next term finds it as it is.
            LogEnding(log, job.Name, ErrorCode.ProviderFailed, e);
        }
    }

    /// <summary>Something that nobody foresaw: a job that was not sent fails with it; one that was keeps its state for the next term.</summary>
    public void AfterUnexpected(Job job, Exception e)
    {
        if (jobs.Find(job.Id) is { SentAt: null, State: JobState.Submitting } unsent)
        {
            var told = e as I2VException ?? I2VException.FromDisk(e);
            Fail(unsent, told?.Code ?? ErrorCode.ProviderFailed, told?.Message ?? "The request could not be prepared; the server's log has the details.", 0);
        }
    }

    private void FallBackOrFail(Job job, ProviderException fault, decimal costUsd)
    {
        var fellBack = false;
        if (costUsd == 0 && fault.MayFallBack && job.Route.Count > 0)
        {
            Write(() => fellBack = rows.TryFallBack(job, fault.Message), job, fault.Code);
        }
        if (!fellBack)
        {
            Fail(job, fault.Code, fault.Message, costUsd);
        }
    }

    private void Write(Action write, Job job, ErrorCode code)
    {
        try
        {
            write();
        }
        catch (LostTermException)
        {
            throw;
        }
        catch (Exception e)
        {
            LogEnding(log, job.Name, code, e);
        }
        signal.Pulse();
    }

    private static string Sentence(string words) => words.TrimEnd().TrimEnd('.') + ".";

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job}: its end ({Code}) could not be written")]
    private static partial void LogEnding(ILogger logger, string job, ErrorCode code, Exception exception);
}
