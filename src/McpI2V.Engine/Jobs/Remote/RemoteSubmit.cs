using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>Sends the one request that costs. It is sent again only when nothing can have been accepted.</summary>
internal sealed partial class RemoteSubmit(RemoteRows rows, RemoteEnding ending, RemoteParts parts, TimeProvider time, ILogger<RemoteSubmit> log)
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
        PreparedRequest? prepared = null;
        for (var attempt = 1; ; attempt++)
        {
            if (flight.IsCalledOff || rows.IsCalledOff(job))
            {
                ending.CallOff(job);
                return null;
            }
            try
            {
                prepared ??= await PrepareAsync(flight, job, folder);
                return await SendOnceAsync(flight, job, prepared);
            }
            catch (ProviderException e) when (e.Acceptance == Acceptance.No && e.IsPassing && MayWait(job, attempt, started))
            {
                LogBusy(log, job.Name, attempt, e.Message);
                await PauseAsync(flight, attempt, e);
            }
            catch (ProviderException e)
            {
                if (e.Acceptance == Acceptance.No)
                {
                    ending.OfRefusal(job, e);
                    return null;
                }
                return await LostAsync(flight, job with { SentAt = time.GetUtcNow() }, e);
            }
            catch (OperationCanceledException) when (flight.IsCalledOff && !flight.IsStopping)
            {
                ending.CallOff(job);
                return null;
            }
            catch (Exception e) when (e is MediaException or I2VException)
            {
                ending.Fail(job, e is I2VException told ? told.Code : I2VException.From((MediaException)e).Code, e.Message, 0);
                return null;
            }
        }
    }

    /// <summary>Takes up a job whose paid request may have left before its process died: asks, never sends blindly.</summary>
    public async Task<(Job Job, RemoteStatus? Finished)?> RecoverAsync(RemoteFlight flight, Job job)
    {
        using var step = JobTelemetry.Step("recover", job);
        var order = parts.Orders.Outline(job) with { AnswerFile = parts.AnswerOf(job.AttemptKey!) };
        if (await flight.Slots.Provider.RecallAsync(order, flight.Stop) is { } kept)
        {
            return (rows.Accepted(job, kept.Task), kept.Finished);
        }
        return await LostAsync(flight, job, new ProviderException(ErrorCode.Unconfirmed, "the server was stopped while the request was on its way", Acceptance.Unknown));
    }

    private async Task<PreparedRequest> PrepareAsync(RemoteFlight flight, Job job, WorkFolder folder)
    {
        var order = await parts.Orders.ReadAsync(job, folder.Work(), flight.Wake);
        var prepared = await flight.Slots.Provider.PrepareAsync(order with { AnswerFile = parts.AnswerOf(job.AttemptKey!) }, flight.Wake);
        await parts.Pauses.ReachAsync("prepared", flight.Stop);
        return prepared;
    }

    private async Task<(Job Job, RemoteStatus? Finished)?> SendOnceAsync(RemoteFlight flight, Job job, PreparedRequest prepared)
    {
        flight.Wake.ThrowIfCancellationRequested();
        var sending = rows.Sending(job);
        await parts.Pauses.ReachAsync("sending", flight.Stop);
        Submission taken;
        try
        {
            // Past the point of no return: neither the caller nor the end of the process cuts it off. It has its own timeout.
            taken = await flight.Slots.Provider.SubmitAsync(prepared, CancellationToken.None);
        }
        catch (ProviderException e) when (e.Acceptance == Acceptance.No)
        {
            rows.NotAccepted(sending);
            throw;
        }
        await parts.Pauses.ReachAsync("accepted", flight.Stop);
        var accepted = rows.Accepted(sending, taken.Task);
        parts.Signal.Pulse();
        LogAccepted(log, job.Name, job.Provider, taken.Task.Id);
        return (accepted, taken.Finished);
    }

    // The vendor is asked; where it can't say, only the user sends it again.
    private async Task<(Job Job, RemoteStatus? Finished)?> LostAsync(RemoteFlight flight, Job job, ProviderException fault)
    {
        var provider = flight.Slots.Provider;
        LogLostAnswer(log, job.Name, fault.Message);
        if (await FindAsync(flight, job) is { } found)
        {
            return (rows.Accepted(job, found), null);
        }
        if (provider.Limits.IsFree)
        {
            return await SendAsync(flight, rows.NotAccepted(job));
        }
        ending.Unconfirmed(job, fault);
        return null;
    }

    private async Task<RemoteTask?> FindAsync(RemoteFlight flight, Job job)
    {
        var provider = flight.Slots.Provider;
        if (!provider.Limits.CanFind)
        {
            return null;
        }
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await provider.FindAsync(parts.Orders.Outline(job), job.SentAt ?? job.CreatedAt, flight.Stop);
            }
            catch (ProviderException e) when (e.IsPassing && attempt < 5)
            {
                await PauseAsync(flight, attempt, e);
            }
            catch (ProviderException)
            {
                return null;
            }
        }
    }

    private bool MayWait(Job job, int attempt, long started) =>
        time.GetElapsedTime(started) < Patience && (job.Route.Count == 0 || attempt < TriesBeforeFallingBack);

    private async Task PauseAsync(RemoteFlight flight, int attempt, ProviderException fault)
    {
        var step = flight.Slots.Provider.Limits.PollEvery < TimeSpan.FromSeconds(1) ? flight.Slots.Provider.Limits.PollEvery : TimeSpan.FromSeconds(1);
        var pause = fault.RetryAfter ?? step * Math.Pow(2, Math.Min(attempt - 1, 6));
        pause = pause < LongestPause ? pause : LongestPause;
        flight.Slots.Close(pause);
        await Task.Delay(pause, time, flight.Wake);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was taken by {Provider} as {Task}")]
    private static partial void LogAccepted(ILogger logger, string job, string provider, string task);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: try {Attempt} was not taken: {Reason}")]
    private static partial void LogBusy(ILogger logger, string job, int attempt, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}: the answer was lost: {Reason}")]
    private static partial void LogLostAnswer(ILogger logger, string job, string reason);
}
