using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Providers;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Waits for a provider's last word. A question that fails never ends a job; only the provider's own word or its expiry does.
/// </summary>
internal sealed partial class RemoteWait(
    RemoteJobStore store,
    RemoteJobOutcomes outcomes,
    TypicalDurations durations,
    ProgressBatcher progress,
    TimeProvider time,
    ILogger<RemoteWait> log)
{
    private static readonly TimeSpan LeastMargin = TimeSpan.FromMilliseconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    // However old a task seems after a restart, by a clock that somebody may have set: it is asked after for so long.
    private static readonly TimeSpan LeastPatience = TimeSpan.FromHours(1);

    // What is free is sent again, so it is not asked for any longer than a new task may take to be known everywhere.
    private static readonly TimeSpan PatienceWithFree = TimeSpan.FromSeconds(10);

    /// <summary>The provider's last word; null if the task was given up.</summary>
    public async Task<RemoteStatus?> UntilOverAsync(RemoteJobContext context, Job job, GenerationOrder order)
    {
        using var step = JobTelemetry.Step("wait", job);
        var limits = context.Concurrency.Provider.Limits;
        var patience = limits.IsFree ? Least(PatienceWithFree, limits.KeepsFor) : limits.KeepsFor;
        var age = new TaskAge(time, job.AcceptedAt);
        var noted = 0.0;
        var unknown = 0;
        var askedToStop = false;
        string? said = job.ErrorMessage;
        var notYet = TimeSpan.Zero;
        while (true)
        {
            var isOld = age.Now > limits.GiveUpAfter && age.Watched > Least(LeastPatience, limits.GiveUpAfter);
            // A task that is past its time is looked at once more, and then given up.
            await WaitAsync(
                context,
                isOld
                    ? TimeSpan.Zero
                    : unknown > 0
                    ? Backoff.Pause(unknown, limits, LongestPause)
                    : PollSchedule.Next(age.Now, durations.ForModel(job.Model), limits) + Margin(limits),
                askedToStop);
            askedToStop = askedToStop || await StopAsync(context, job, age);
            RemoteStatus status;
            try
            {
                status = await context.GetStatusAsync(job.Remote!, order, time);
            }
            catch (ProviderException e)
            {
                LogUnanswered(log, job.Name, e.Message);
                said = Say(job, WhyUnanswered(job, e), said);
                if (isOld)
                {
                    await outcomes.GiveUpAsync(context, job, limits.GiveUpAfter);
                    return null;
                }
                if (e.RetryAfter is { } pause)
                {
                    await Task.Delay(pause, time, context.Stop);
                }
                continue;
            }
            switch (status.State)
            {
                case RemoteState.Waiting or RemoteState.Working:
                    said = Say(job, null, said);
                    unknown = 0;
                    notYet = age.Now;
                    if (isOld)
                    {
                        await outcomes.GiveUpAsync(context, job, limits.GiveUpAfter);
                        return null;
                    }
                    noted = progress.Note(job, status.Progress ?? Guess(age.Now, durations.ForModel(job.Model), order), noted);
                    continue;
                case RemoteState.Gone when !askedToStop
                    && (age.Now < patience || age.Watched < Least(LeastPatience, patience)):
                    // What was taken a moment ago may not be known everywhere, and what is known may be out of reach for a while: it is
                    // paid.
                    unknown++;
                    // It takes no place there as far as anybody knows.
                    context.LeaveVendor();
                    said = Say(
                        job,
                        $"{job.Provider} says that it does not know {job.Remote!.Shown}. It was taken, so it is asked for again for as " +
                            $"long as {job.Provider} keeps such tasks; cancel_job {job.Name} gives it up",
                        said);
                    continue;
                case RemoteState.Done:
                    durations.Saw(job.Model, notYet, age.Now);
                    return status;
                default:
                    return status;
            }
        }
    }

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    // A key that ended keeps a finished clip at the provider: that must not look like work.
    private static string WhyUnanswered(Job job, ProviderException fault) => fault.Code == ErrorCode.ProviderAuth
        ? $"{fault.Message.TrimEnd('.')}. The job stays at the provider and goes on once the key is accepted; nothing is lost"
        : $"{job.Provider} did not say how it stands ({fault.Message.TrimEnd('.')}); it is asked again, which is free";

    private string? Say(Job job, string? now, string? before) =>
        now == before || !store.Say(job, now is null ? null : now + ".") ? before : now;

    // What is sent a little later than the last may arrive a little sooner after it: the provider counts arrivals.
    private static TimeSpan Margin(ProviderLimits limits) => limits.PollEvery * 0.02 > LeastMargin ? limits.PollEvery * 0.02 : LeastMargin;

    private async Task WaitAsync(RemoteJobContext context, TimeSpan howLong, bool alreadyAsked)
    {
        try
        {
            await context.WaitAsync(howLong, time, alreadyAsked ? context.Stop : context.Wake);
        }
        catch (OperationCanceledException) when (!context.IsStopping)
        {
            // Canceled: the provider is asked at once.
        }
    }

    // True once the provider was asked to stop, or can't be: then it is only waited for.
    private async Task<bool> StopAsync(RemoteJobContext context, Job job, TaskAge age)
    {
        if (!context.IsCancelRequested)
        {
            return false;
        }
        var provider = context.Concurrency.Provider;
        if (!provider.Limits.CanCancel)
        {
            return true;
        }
        try
        {
            await provider.CancelAsync(job.Remote!, context.Stop);
        }
        catch (ProviderException e) when (e.IsPassing && age.Now < provider.Limits.GiveUpAfter)
        {
            LogUnanswered(log, job.Name, e.Message);
            await Task.Delay(provider.Limits.PollEvery, time, context.Stop);
            return false;
        }
        catch (ProviderException)
        {
            // It was too late: what is made is paid, and is brought home.
        }
        return true;
    }

    // Providers that say nothing of progress: as far as such a task usually is by now.
    private static double? Guess(TimeSpan age, TimeSpan? usual, GenerationOrder order)
    {
        var expected = usual?.TotalSeconds ?? (order.Model.TypicalSeconds > 0 ? order.Model.TypicalSeconds : 60);
        return Math.Min(0.95, age.TotalSeconds / expected * 0.9);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job}: the provider did not say how it stands: {Reason}")]
    private static partial void LogUnanswered(ILogger logger, string job, string reason);
}
