using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Planning.Mending;
using McpI2V.Engine.Spending;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tools.Calls;

/// <summary>What every spending tool does the same way: review, queue, wait, answer.</summary>
internal sealed class JobSubmission(
    JobReview reviews,
    JobQueue queue,
    JobStore jobs,
    JobCancellation cancellation,
    BatchStore batches,
    JobWaiter waiter,
    JobAnswers answers,
    OrderWords orders)
{
    private const double UsualWaitSeconds = 45;
    private static readonly TimeSpan LookAgainAtMost = TimeSpan.FromSeconds(10);

    /// <summary>Reviews a job, queues it, waits as long as the caller wants, and answers how it stands.</summary>
    public async Task<Answer> MakeAsync(NewJob job, ToolCall call, CancellationToken callCancelled)
    {
        var wait = WaitOf(call);
        var fresh = CommonArguments.Fresh.Read(call.Arguments);
        var dryRun = CommonArguments.DryRun.Read(call.Arguments);
        var reviewed = await ReviewAsync(job, call, callCancelled);
        if (dryRun)
        {
            return AnswerComposer.OfPlan(reviewed.Job, reviewed.Job.Warnings, LimitOf(call));
        }
        var (id, wasKnown) = WithConsent(
            call,
            [reviewed.Job],
            approval => queue.Submit(reviewed, approval, fresh, call.Follow));
        return await FollowAsync(id, wasKnown, wait, call, callCancelled);
    }

    /// <summary>The same for what one call plans: a job, or a batch of several.</summary>
    public Task<Answer> MakeAsync(string name, BatchPlan plan, ToolCall call, CancellationToken callCancelled) =>
        plan.Jobs is [var only]
            ? MakeAsync(only, call, callCancelled)
            : plan.Jobs is [var first, { After: 0, Variant: null } second]
            ? MakeChainAsync(first, second, call, callCancelled)
            : MakeBatchAsync(name, plan.Matrix.ToJsonString(), plan.Jobs, call, callCancelled);

    /// <summary>Reviews a job and the one that works on what it makes, queues both, waits and answers for the second.</summary>
    public async Task<Answer> MakeChainAsync(NewJob first, NewJob second, ToolCall call, CancellationToken callCancelled)
    {
        var wait = WaitOf(call);
        var fresh = CommonArguments.Fresh.Read(call.Arguments);
        var dryRun = CommonArguments.DryRun.Read(call.Arguments);
        var made = await ReviewAsync(first, call, callCancelled);
        var edited = (await ReviewAsync(second, call, callCancelled)).TellingAlso(made);
        if (dryRun)
        {
            return AnswerComposer.OfPlan(
                NewJob.AsOne(made.Job, edited.Job) with { Foremost = edited.Job.Foremost },
                edited.Job.Warnings,
                LimitOf(call));
        }
        var (id, wasKnown) = WithConsent(
            call,
            [made.Job, edited.Job],
            approval => queue.SubmitChain(made, edited, approval, fresh, call.Follow));
        return await FollowAsync(id, wasKnown, wait, call, callCancelled);
    }

    /// <summary>Waits for a job and answers how it stands.</summary>
    public async Task<Answer> FollowAsync(long id, bool wasKnown, TimeSpan wait, ToolCall call, CancellationToken callCancelled)
    {
        var seen = await waiter.WaitAsync(
            Job.NameOf(id),
            store => [store.GetWithBefore(id)],
            wait,
            now => call.Tell(now[0].Progress, $"{now[0].Name} \"{now[0].Title}\": {Media.SnakeCase.From(now[0].State)}"),
            callCancelled);
        return await answers.OfJobAsync(seen[0], wasKnown, callCancelled);
    }

    /// <summary>Reviews a batch, queues it, waits and answers.</summary>
    public async Task<Answer> MakeBatchAsync(
        string name,
        string matrix,
        IReadOnlyList<NewJob> planned,
        ToolCall call,
        CancellationToken callCancelled,
        string? request = null)
    {
        var wait = WaitOf(call);
        var fresh = CommonArguments.Fresh.Read(call.Arguments);
        List<ReviewedJob> reviewed = [];
        foreach (var job in planned)
        {
            reviewed.Add(await ReviewAsync(job, call, callCancelled));
        }
        if (CommonArguments.DryRun.Read(call.Arguments))
        {
            return JobAnswers.OfBatchPlan(name, [.. reviewed.Select(r => r.Job)], LimitOf(call));
        }
        var (id, wasKnown) = WithConsent(
            call,
            [.. reviewed.Select(r => r.Job)],
            approval => queue.SubmitBatch(name, matrix, reviewed, approval, fresh, call.Follow, request));
        return await FollowBatchAsync(id, wasKnown, wait, call, callCancelled);
    }

    /// <summary>Has an unconfirmed job looked for once more, and waits a moment for what is found.</summary>
    public async Task ReconcileAsync(long id, CancellationToken callCancelled)
    {
        if (jobs.AskAfter(id))
        {
            await waiter.WaitWhileAsync(() => jobs.IsAskedAfter(id), LookAgainAtMost, callCancelled);
        }
    }

    /// <summary>Waits for a batch and answers how it stands.</summary>
    public async Task<Answer> FollowBatchAsync(long id, bool wasKnown, TimeSpan wait, ToolCall call, CancellationToken callCancelled)
    {
        var batch = batches.Get(id);
        var seen = await waiter.WaitAsync(
            batch.Name,
            store => store.OfBatch(id),
            wait,
            now => call.Tell(Share(now),
                $"{batch.Name} \"{batch.Title}\": {now.Count(j => JobTransitions.IsTerminal(j.State))} of {now.Count} jobs done"),
            callCancelled);
        return await answers.OfBatchAsync(batch, seen, wasKnown, call.Owner, callCancelled);
    }

    /// <summary>How a job stands now.</summary>
    public Task<Answer> OfJobAsync(long id, CancellationToken callCancelled) =>
        answers.OfJobAsync(jobs.GetWithBefore(id), wasKnown: false, callCancelled);

    /// <summary>How a batch stands now.</summary>
    public Task<Answer> OfBatchAsync(long id, CancellationToken callCancelled) =>
        answers.OfBatchAsync(batches.Get(id), jobs.OfBatch(id), wasKnown: false, listener: null, callCancelled);

    /// <summary>A batch with every variant, for programs.</summary>
    public BatchContent BatchInFull(long id) => answers.OfBatch(batches.Get(id), jobs.OfBatch(id));

    /// <summary>Cancels a job or every open job of a batch.</summary>
    /// <exception cref="I2VException">Another asked for it, and the caller may not change what is another's.</exception>
    public async Task<Answer> CancelAsync(IReadOnlyList<Job> wanted, ToolCall call, Func<TimeSpan, Task<Answer>> follow)
    {
        if (wanted.FirstOrDefault(j => j.Owner != call.Owner && !call.MayChangeOthers) is { } foreign)
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"id: {foreign.Name} was asked for by another caller; only they, or a token of scope admin, can cancel it. " +
                    "Nothing was changed.",
                "id");
        }
        if (wanted.All(j => JobTransitions.IsTerminal(j.State)))
        {
            return AnswerComposer.OfNothingToCancel(wanted);
        }
        foreach (var job in wanted)
        {
            cancellation.Request(job.Id);
        }
        return await follow(TimeSpan.FromSeconds(5));
    }

    private Task<ReviewedJob> ReviewAsync(NewJob job, ToolCall call, CancellationToken callCancelled) =>
        reviews.ReviewAsync(job with { Owner = call.Owner, Warnings = [.. call.Notes, .. job.Warnings] }, callCancelled);

    // The user is asked by the client where it can; elsewhere the assistant is told what to say to them.
    private (long Id, bool WasKnown) WithConsent(ToolCall call, IReadOnlyList<NewJob> asked, Func<Approval, (long, bool)> submit)
    {
        var usd = asked.Sum(j => j.EstimatedCostUsd);
        if (usd > 0 && !call.MaySpend)
        {
            throw new I2VException(ErrorCode.InputForbidden, $"This would cost ${usd:0.00##}, and the caller's token does not allow " +
                "spending. Ask whoever runs the server for one that does (./i2v token create NAME --scope use spend), or use a free " +
                "model: local-still, local-camera, local-voice. Nothing was spent.");
        }
        var said = ApprovalOf(call.Arguments);
        var granted = call.Consent.GrantedUsd is { } agreed && agreed > (said.ApprovedUsd ?? 0) ? agreed : said.ApprovedUsd;
        try
        {
            return submit(said with { ApprovedUsd = granted, For = orders.InWords(asked) });
        }
        catch (ApprovalRequiredException e)
        {
            call.Consent.RequireNotDeclined(usd);
            call.Consent.Ask?.Invoke(e);
            throw;
        }
    }

    // A call that is followed is not waited for.
    private static TimeSpan WaitOf(ToolCall call)
    {
        var wanted = TimeSpan.FromSeconds(CommonArguments.WaitSeconds.Read(call.Arguments) ?? UsualWaitSeconds);
        return call.Follow is null ? wanted : TimeSpan.Zero;
    }

    private static decimal? LimitOf(ToolCall call) => CommonArguments.MaxCostUsd.Read(call.Arguments);

    private static double Share(IReadOnlyList<Job> seen) => seen.Average(j => JobTransitions.IsTerminal(j.State) ? 1 : j.Progress);

    private static Approval ApprovalOf(ArgumentReader arguments) => new(
        CommonArguments.MaxCostUsd.Read(arguments),
        CommonArguments.ApproveUsd.Read(arguments));
}
