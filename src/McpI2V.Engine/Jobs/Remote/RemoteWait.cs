using McpI2V.Engine.Providers;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>Waits for a vendor's last word. A question that fails never ends a job; only the vendor's own word or its expiry does.</summary>
internal sealed partial class RemoteWait(RemoteRows rows, RemoteEnding ending, UsualDurations usual, ProgressBook progress, TimeProvider time, ILogger<RemoteWait> log)
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(15);

    // A task that was just taken may not be known everywhere at once.
    private static readonly TimeSpan MayBeUnknownFor = TimeSpan.FromSeconds(60);

    /// <summary>The vendor's last word; null if the task was given up.</summary>
    public async Task<RemoteStatus?> UntilOverAsync(RemoteFlight flight, Job job, GenerationOrder order)
    {
        using var step = JobTelemetry.Step("wait", job);
        var provider = flight.Slots.Provider;
        var accepted = job.AcceptedAt ?? time.GetUtcNow();
        var noted = 0.0;
        var unknown = 0;
        var askedToStop = false;
        string? said = null;
        var notYet = TimeSpan.Zero;
        while (true)
        {
            var age = Age(accepted);
            // A task that is past its time is looked at once, and then given up.
            await WaitAsync(flight, age > provider.Limits.GiveUpAfter ? TimeSpan.Zero : PollSchedule.Next(age, usual.Of(job.Model), provider.Limits) + Margin(provider.Limits), askedToStop);
            askedToStop = askedToStop || await StopAsync(flight, job, accepted);
            RemoteStatus status;
            try
            {
                status = await provider.LookAsync(job.Remote!, order, flight.Stop);
            }
            catch (ProviderException e)
            {
                LogUnanswered(log, job.Name, e.Message);
                said = Say(job, e.Code == ErrorCode.ProviderAuth ? e.Message : said, said);
                if (age > provider.Limits.GiveUpAfter)
                {
                    ending.GiveUp(job, provider.Limits.GiveUpAfter);
                    return null;
                }
                if (e.RetryAfter is { } pause)
                {
                    await Task.Delay(pause, time, flight.Stop);
                }
                continue;
            }
            said = Say(job, null, said);
            switch (status.State)
            {
                case RemoteState.Waiting or RemoteState.Working:
                    unknown = 0;
                    notYet = Age(accepted);
                    if (age > provider.Limits.GiveUpAfter)
                    {
                        ending.GiveUp(job, provider.Limits.GiveUpAfter);
                        return null;
                    }
                    noted = progress.Note(job, status.Progress ?? Guess(age, usual.Of(job.Model), order), noted);
                    continue;
                case RemoteState.Gone when Age(accepted) < MayBeUnknownFor && ++unknown < 5:
                    continue;
                case RemoteState.Done:
                    usual.Saw(job.Model, notYet, Age(accepted));
                    return status;
                default:
                    return status;
            }
        }
    }

    // A key that ended keeps a finished clip at the vendor: that must not look like work.
    private string? Say(Job job, string? now, string? before)
    {
        if (now != before)
        {
            rows.Say(job, now is null ? null : $"{now.TrimEnd('.')}. The job stays at the vendor and goes on once the key is accepted; nothing is lost.");
        }
        return now;
    }

    // What is sent a little later than the last may arrive a little sooner after it: the vendor counts arrivals.
    private static TimeSpan Margin(ProviderLimits limits) => limits.PollEvery * 0.02 > LeastMargin ? limits.PollEvery * 0.02 : LeastMargin;

    private TimeSpan Age(DateTimeOffset since)
    {
        // A clock that was set back makes nothing older or younger than it can be.
        var age = time.GetUtcNow() - since;
        return age > TimeSpan.Zero ? age : TimeSpan.Zero;
    }

    private async Task WaitAsync(RemoteFlight flight, TimeSpan howLong, bool alreadyAsked)
    {
        try
        {
            await flight.WaitAsync(howLong, time, alreadyAsked ? flight.Stop : flight.Wake);
        }
        catch (OperationCanceledException) when (!flight.IsStopping)
        {
            // Called off: the vendor is asked at once.
        }
    }

    // True once the vendor was asked to stop, or can't be: then it is only waited for.
    private async Task<bool> StopAsync(RemoteFlight flight, Job job, DateTimeOffset accepted)
    {
        if (!flight.IsCalledOff)
        {
            return false;
        }
        var provider = flight.Slots.Provider;
        if (!provider.Limits.CanCancel)
        {
            return true;
        }
        try
        {
            await provider.CancelAsync(job.Remote!, flight.Stop);
        }
        catch (ProviderException e) when (e.IsPassing && Age(accepted) < provider.Limits.GiveUpAfter)
        {
            LogUnanswered(log, job.Name, e.Message);
            await Task.Delay(provider.Limits.PollEvery, time, flight.Stop);
            return false;
        }
        catch (ProviderException)
        {
            // It was too late: what is made is paid, and is brought home.
        }
        return true;
    }

    // Vendors that say nothing of progress: as far as such a task usually is by now.
    private static double? Guess(TimeSpan age, TimeSpan? usual, GenerationOrder order)
    {
        var expected = usual?.TotalSeconds ?? (order.Model.TypicalSeconds > 0 ? order.Model.TypicalSeconds : 60);
        return Math.Min(0.95, age.TotalSeconds / expected * 0.9);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: the vendor did not say how it stands: {Reason}")]
    private static partial void LogUnanswered(ILogger logger, string job, string reason);
}
