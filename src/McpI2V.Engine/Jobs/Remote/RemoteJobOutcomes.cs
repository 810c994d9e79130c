using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Spending;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// How a job at a provider ends when it does not end well: what is said, what is paid, what is tried next. Each end is tried until it is
/// written.
/// </summary>
internal sealed class RemoteJobOutcomes(JobStore jobs, RemoteJobStore store, UntilWritten writes, JobSignal signal)
{
    // A server that forgets the same job again and again does not get it done.
    private const int MostAttempts = 4;

    /// <summary>The request was not accepted. A key that was good before makes what nobody waits for wait for it.</summary>
    public Task OfRefusalAsync(RemoteJobContext context, Job job, ProviderException fault) =>
        fault.Code == ErrorCode.ProviderAuth && context.Concurrency.PauseForKey(fault.Message) && job.Priority > 0
            ? WriteAsync(context, job, () => jobs.Requeue(job, fault.Message))
            : FallBackOrFailAsync(context, job, fault, fault.FeeUsd);

    /// <summary>The provider took it and did not make it.</summary>
    public async Task OfFailureAsync(RemoteJobContext context, Job job, RemoteStatus status)
    {
        if (status.State == RemoteState.Canceled)
        {
            var charged = status.CostUsd ?? 0;
            var cost = charged > 0
                ? $"{job.Provider} charged {Dollars.InWords(charged)} for what was made until then."
                : "Nothing was charged.";
            var who = context.IsCancelRequested ? "Canceled by cancel_job" : $"{job.Provider} canceled it";
            await CancelAsync(context, job, $"{who}. {cost}", charged);
            return;
        }
        if (status.State == RemoteState.Gone
            && context.Concurrency.Provider.Limits.IsFree
            && job.Attempts.Count < MostAttempts
            && !context.IsCancelRequested)
        {
            await WriteAsync(
                context,
                job,
                () => store.SendAgain(job, $"{job.Provider} does not know it any more; nothing is paid there, so it was sent again"));
            return;
        }
        if (status.State == RemoteState.Gone)
        {
            // It was taken, so it may have been made and charged: the budget counts it.
            await FailAsync(
                context,
                job,
                ErrorCode.ProviderFailed,
                $"{job.Provider} does not know {job.Remote!.Shown} any more: it expired, or was deleted there.",
                job.EstimatedCostUsd,
                isCharged: false);
            return;
        }
        var fault = status.Fault ?? new ProviderException(ErrorCode.ProviderFailed, $"{job.Provider} could not make it", Acceptance.Yes);
        await FallBackOrFailAsync(context, job, fault, status.CostUsd ?? 0);
    }

    /// <summary>Ends a job with an error.</summary>
    /// <param name="context">The job's run.</param>
    /// <param name="job">The job.</param>
    /// <param name="code">What kind of error.</param>
    /// <param name="what">What happened, and what to do.</param>
    /// <param name="costUsd">What the budget counts.</param>
    /// <param name="isCharged">False where the provider does not say whether it charged that.</param>
    public Task FailAsync(RemoteJobContext context, Job job, ErrorCode code, string what, decimal costUsd, bool isCharged = true)
    {
        var money = costUsd > 0
            ? $"{Dollars.InWords(costUsd)} {(isCharged ? "was" : "may have been charged and counts as")} spent; asking again costs again."
            : job.After is null ? "Nothing was spent." : "Nothing was spent on this step.";
        return WriteAsync(context, job, () => jobs.End(job, JobState.Failed, code, $"{Sentence(what)} {money}", costUsd));
    }

    /// <summary>Ends a job that was canceled.</summary>
    public Task CancelAsync(RemoteJobContext context, Job job, string what, decimal costUsd) =>
        WriteAsync(context, job, () => jobs.End(job, JobState.Canceled, ErrorCode.Canceled, what, costUsd));

    /// <summary>Canceled before the provider had it.</summary>
    public Task CallOffAsync(RemoteJobContext context, Job job) =>
        CancelAsync(context, job, "Canceled by cancel_job before it was sent; nothing was spent.", 0);

    /// <summary>Nobody can tell whether it was accepted.</summary>
    public Task UnconfirmedAsync(RemoteJobContext context, Job job, ProviderException fault)
    {
        var canFind = context.Concurrency.Provider.Limits.CanFind
            ? $"{job.Provider} does not list it so far"
            : $"{job.Provider} can't say whether it was accepted";
        return WriteAsync(
            context,
            job,
            () => store.Unconfirmed(job, $"{job.Name} was sent to {job.Provider} at {job.SentAt:HH:mm:ss} UTC and the answer was " +
                $"lost ({fault.Message.TrimEnd('.')}); {canFind}. {Dollars.InWords(job.EstimatedCostUsd)} stays reserved. " +
                $"check_job {job.Name} looks again; to pay for a second try, call the tool again with fresh: true; " +
                $"cancel_job {job.Name} gives it up and counts it as spent."));
    }

    /// <summary>The provider never said its last word.</summary>
    public Task GiveUpAsync(RemoteJobContext context, Job job, TimeSpan after) => WriteAsync(
        context,
        job,
        () => store.Unconfirmed(job, $"{job.Provider} took {job.Name} as {job.Remote!.Shown} and has not finished it " +
            $"in {after.TotalHours:0.#} h. {Dollars.InWords(job.EstimatedCostUsd)} stays reserved. " +
            $"check_job {job.Name} looks again; cancel_job {job.Name} gives it up and counts it as spent."));

    /// <summary>The process ends: what was not sent is queued again, what was goes on.</summary>
    public void LeaveForTheNext(Job job) => jobs.Requeue(job, "the server was closed before anything was sent");

    /// <summary>Goes on to another model, if the route has one that may be paid; false if the job stays where it is.</summary>
    public async Task<bool> TryElsewhereAsync(RemoteJobContext context, Job job, ProviderException fault)
    {
        var fellBack = false;
        if (fault.MayFallBack && job.Route.Count > 0)
        {
            await WriteAsync(context, job, () => fellBack = store.TryFallBack(job, fault));
        }
        return fellBack;
    }

    private async Task FallBackOrFailAsync(RemoteJobContext context, Job job, ProviderException fault, decimal costUsd)
    {
        if (costUsd > 0 || !await TryElsewhereAsync(context, job, fault))
        {
            await FailAsync(context, job, fault.Code, $"{Sentence(fault.Message)}{Next(job, fault, costUsd)}", costUsd);
        }
    }

    // What costs more than was agreed to is never gone on to; who wants it says its name. A key and a safety check have words of their own.
    private static string Next(Job job, ProviderException fault, decimal costUsd) =>
        costUsd == 0 && job.Route.FirstOrDefault(r => r.OnlyIfAsked) is { } dearer
            ? $" {dearer.Model} could make it for {Dollars.InWords(dearer.EstimateUsd)}: if the user wants that, say it as model."
            : !fault.MayFallBack || fault.Code == ErrorCode.ProviderAuth
            ? ""
            : fault.IsPassing || fault.Code == ErrorCode.ProviderRateLimited
            ? " Call again later, or name another model (list_models)."
            : " Change the call, or name another model (list_models).";

    private async Task WriteAsync(RemoteJobContext context, Job job, Action write)
    {
        await writes.WriteAsync(job, write, context.Stop);
        signal.Pulse();
    }

    private static string Sentence(string words) => words.TrimEnd().TrimEnd('.') + ".";
}
