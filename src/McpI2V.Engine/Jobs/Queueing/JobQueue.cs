using System.Text.Json;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Tasks;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>Writes jobs down: the call's key, the budget, the reservation and the rows are one transaction.</summary>
public sealed class JobQueue(LibraryDatabase database, BudgetOptions budget, JobLanes lanes, JobSignal signal, TimeProvider time)
{
    /// <summary>Queues one job, or finds the one that the same call already asked for.</summary>
    /// <param name="reviewed">The job.</param>
    /// <param name="approval">What it may cost.</param>
    /// <param name="fresh">True to make it anew although the same call was just made.</param>
    /// <param name="follow">The name by which its client follows the call; what it queued once is found again, however often it is
    /// made.</param>
    /// <returns>The job's number, and true if it was there already.</returns>
    /// <exception cref="I2VException">The budget does not allow it.</exception>
    public (long Id, bool WasKnown) Submit(ReviewedJob reviewed, Approval approval, bool fresh, string? follow = null)
    {
        var job = reviewed.Job;
        var result = database.Write(s =>
        {
            var now = Now;
            var key = IdempotencyKeys.Key(job.Tool, job.Model + "\n" + job.Request.ToKey());
            if (Known(s, key, fresh, follow, now)?.Job is { } known)
            {
                return (known, true);
            }
            budget.Require(s, job.EstimatedCostUsd, Asked([job], approval), time.GetUtcNow());
            var id = Insert(s, Limited(job, approval), batch: null, after: null, now);
            Remember(s, key, follow, id, null, now);
            return (id, false);
        });
        signal.Pulse();
        return result;
    }

    /// <summary>
    /// Queues two jobs of one call, the second of which works on what the first makes, or finds those that the same call already asked for.
    /// </summary>
    /// <returns>The second job's number, and true if it was there already.</returns>
    /// <exception cref="I2VException">The budget does not allow it.</exception>
    public (long Id, bool WasKnown) SubmitChain(
        ReviewedJob made,
        ReviewedJob edited,
        Approval approval,
        bool fresh,
        string? follow = null)
    {
        var (first, second) = (made.Job, edited.Job);
        var result = database.Write(s =>
        {
            var now = Now;
            var key = IdempotencyKeys.Key(
                second.Tool,
                string.Join('\n', first.Model, first.Request.ToKey(), second.Model, second.Request.ToKey()));
            if (Known(s, key, fresh, follow, now)?.Job is { } known)
            {
                return (known, true);
            }
            budget.Require(s, first.EstimatedCostUsd + second.EstimatedCostUsd, Asked([first, second], approval), time.GetUtcNow());
            var after = Insert(s, Limited(first, approval), batch: null, after: null, now);
            var id = Insert(s, Limited(second, approval), batch: null, after, now);
            Remember(s, key, follow, id, null, now);
            return (id, false);
        });
        signal.Pulse();
        return result;
    }

    /// <summary>Queues a batch, or finds the one that the same call already asked for.</summary>
    /// <param name="name">What it is called.</param>
    /// <param name="matrix">Its axes, as JSON.</param>
    /// <param name="reviewed">Its jobs.</param>
    /// <param name="approval">What it may cost.</param>
    /// <param name="fresh">True to make it anew although the same call was just made.</param>
    /// <param name="follow">The name by which its client follows the call.</param>
    /// <param name="request">What it was asked for with, to be asked for again with other words; null: it is not kept.</param>
    /// <returns>The batch's number, and true if it was there already.</returns>
    /// <exception cref="I2VException">The budget does not allow it.</exception>
    public (long Id, bool WasKnown) SubmitBatch(
        string name,
        string matrix,
        IReadOnlyList<ReviewedJob> reviewed,
        Approval approval,
        bool fresh,
        string? follow = null,
        string? request = null)
    {
        List<NewJob> jobs = [.. reviewed.Select(r => r.Job)];
        var result = database.Write(s =>
        {
            var now = Now;
            var key = IdempotencyKeys.Key(
                "batch_variants",
                name + "\n" + matrix + "\n" + string.Join('\n', jobs.Select(j => j.Model + j.Request.ToKey())));
            if (Known(s, key, fresh, follow, now)?.Batch is { } known)
            {
                return (known, true);
            }
            budget.Require(s, jobs.Sum(j => j.EstimatedCostUsd), Asked(jobs, approval), time.GetUtcNow());
            var batch = s.Number(
                "INSERT INTO batches (name, matrix, created_at, request) VALUES (@name, @matrix, @now, @request) RETURNING id",
                ("@name", name),
                ("@matrix", matrix),
                ("@now", now),
                ("@request", request))!.Value;
            List<long> ids = [];
            foreach (var job in jobs)
            {
                ids.Add(Insert(s, Limited(job, approval), batch, job.After is { } place ? ids[place] : null, now));
            }
            Remember(s, key, follow, null, batch, now);
            return (batch, false);
        });
        signal.Pulse();
        return result;
    }

    // A call that is followed has what it queued once; any other has what the same call queued a moment ago.
    private static (long? Job, long? Batch)? Known(SqlSession session, string key, bool fresh, string? follow, long now)
    {
        session.LockForWrite(WriteLock.Call(key));
        if (follow is not null && McpTaskStore.WorkOf(session, follow) is { } own)
        {
            return own;
        }
        var known = fresh ? null : IdempotencyKeys.Find(session, key, now);
        if (follow is not null && known is var (job, batch))
        {
            McpTaskStore.Bind(session, follow, job, batch, now);
        }
        return known;
    }

    private static void Remember(SqlSession session, string key, string? follow, long? job, long? batch, long now)
    {
        IdempotencyKeys.Remember(session, key, job, batch, now);
        if (follow is not null)
        {
            McpTaskStore.Bind(session, follow, job, batch, now);
        }
    }

    private static Approval Asked(IEnumerable<NewJob> jobs, Approval approval) =>
        approval with { For = approval.For ?? NewJob.Bought(jobs) };

    private static NewJob Limited(NewJob job, Approval approval) => job with { MaxCostUsd = approval.MaxCostUsd };

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Insert(SqlSession session, NewJob job, long? batch, long? after, long now)
    {
        var (lane, priority) = (lanes.ForProvider(job.Provider), batch is null ? 0 : 1);
        var id = session.Number(
            """
            INSERT INTO jobs (owner, tool, title, kind, request, provider, model, lane, priority, turn, state, progress, estimated_micros, cost_micros, batch, after, variant, route, attempts, buys, limit_micros, foremost, warnings, cancel_requested, term, created_at)
            VALUES (@owner, @tool, @title, @kind, @request, @provider, @model, @lane, @priority, @turn, 'queued', 0, @estimate, 0, @batch, @after, @variant, @route, '[]', @buys, @limit, @foremost, @warnings, 0, 0, @now) RETURNING id
            """,
            ("@owner", job.Owner),
            ("@tool", job.Tool),
            ("@title", job.Title),
            ("@kind", job.Request.Kind),
            ("@request", job.Request.ToJson()),
            ("@provider", job.Provider),
            ("@model", job.Model),
            ("@lane", lane),
            ("@priority", priority),
            ("@turn", Turns.Next(session, lane, priority, job.Owner)),
            ("@estimate", SqlRow.Micros(job.EstimatedCostUsd)),
            ("@batch", batch),
            ("@after", after),
            ("@variant", job.Variant),
            ("@route", JsonSerializer.Serialize(
                [.. job.Route.Select(r => r with { Lane = lanes.ForProvider(r.Provider) })],
                JobsJson.Default.RouteStepArray)),
            ("@buys", job.Buys),
            ("@limit", job.MaxCostUsd is { } most ? SqlRow.Micros(most) : null),
            ("@foremost", JobRows.Serialize(job.Foremost)),
            ("@warnings", JobRows.Serialize(job.Warnings)),
            ("@now", now))!.Value;
        session.Due(id);
        Ledger.Reserve(session, id, 1, job.EstimatedCostUsd, job.Provider, job.Model, now);
        return id;
    }
}
