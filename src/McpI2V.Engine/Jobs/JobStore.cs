using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>The rows of jobs: reading them, and moving one from state to state.</summary>
public sealed class JobStore(LibraryDatabase database, TimeProvider time)
{
    /// <summary>The job with this number; null if there is none.</summary>
    public Job? Find(long id) => database.Read(s => FindById(s, id));

    /// <summary>The job with this number.</summary>
    /// <exception cref="I2VException">There is none.</exception>
    public Job Get(long id) => Find(id)
        ?? throw new I2VException(
            ErrorCode.NotFound,
            $"id names {Job.NameOf(id)}, but there is no such job in this library. find_assets lists what was made, with " +
                "kind batch the batches.",
            "id");

    /// <summary>The job with this number as the one who asked sees it: with the job before it, which the same call asked for.</summary>
    /// <exception cref="I2VException">There is none.</exception>
    public Job GetWithBefore(long id)
    {
        var job = Get(id);
        if (job is not { Batch: null, After: { } first } || Find(first) is not { } before)
        {
            return job;
        }
        // The dearer of the two is what was asked for: the other prepares or finishes it.
        var isMadeFirst = before.EstimatedCostUsd > job.EstimatedCostUsd;
        var seen = job with
        {
            Provider = isMadeFirst ? before.Provider : job.Provider,
            Model = isMadeFirst ? before.Model : job.Model,
            EstimatedCostUsd = before.EstimatedCostUsd + job.EstimatedCostUsd,
            CostUsd = before.CostUsd + job.CostUsd,
            Buys = isMadeFirst ? Both(before.Buys, job.Buys) : Both(job.Buys, before.Buys),
            Attempts = [.. before.Attempts, .. job.Attempts],
            Foremost = [.. before.Foremost.Union(job.Foremost), .. PaidInVain(before, job)],
        };
        return before.State == JobState.Succeeded
            ? seen
            : seen with
            {
                State = before.State,
                Progress = before.Progress * (isMadeFirst ? 0.95 : 0.05),
                ErrorCode = before.ErrorCode,
                ErrorMessage = before.ErrorMessage,
            };
    }

    private static string? Both(string? first, string? second) =>
        first is not null && second is not null ? $"{first} and {second}" : first ?? second;

    // The words of a job speak of its own money: what was paid before it is told beside them, with where that went.
    private static IEnumerable<string> PaidInVain(Job before, Job job) =>
        before is { State: JobState.Succeeded, CostUsd: > 0 } && job.State is JobState.Failed or JobState.Canceled
            ? [$"{Spending.Dollars.InWords(before.CostUsd)} was spent before this, on {before.Name}: what it made stays in the library. " +
                $"check_job {before.Name} names it; going on from it does not pay for it again."]
            : [];

    /// <summary>A batch's jobs in order.</summary>
    public IReadOnlyList<Job> OfBatch(long batch) =>
        database.Read(s => s.Query($"SELECT {JobRows.Columns} FROM jobs WHERE batch = @batch ORDER BY id", JobRows.Map, ("@batch", batch)));

    /// <summary>Jobs that are not over, for completion and for the doctor.</summary>
    public IReadOnlyList<Job> Unfinished(int limit) => database.Read(s => s.Query(
        $"SELECT {JobRows.Columns} FROM jobs WHERE {JobRows.Open} ORDER BY id DESC LIMIT @limit",
        JobRows.Map,
        ("@limit", limit)));

    /// <summary>The newest jobs.</summary>
    public IReadOnlyList<Job> Newest(int limit) =>
        database.Read(s => s.Query($"SELECT {JobRows.Columns} FROM jobs ORDER BY id DESC LIMIT @limit", JobRows.Map, ("@limit", limit)));

    /// <summary>
    /// Asks for a job to be canceled; a queued one is over at once, and so is one of which nobody knows whether it was accepted. Returns
    /// how it stands now.
    /// </summary>
    public Job RequestCancel(long id) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Job(id));
        if (JobGate.TryMoveUnheld(s, id, JobState.Queued, JobState.Canceled))
        {
            s.Execute(
                "UPDATE jobs SET ended_at = @now, error_code = 'canceled', error_message = 'Canceled before it began; " +
                "nothing was spent on it.' " +
                    "WHERE id = @id",
                ("@id", id),
                ("@now", Now));
            EndDependents(s, id, JobState.Canceled, Now);
        }
        GiveUpUnconfirmed(s, id);
        s.Execute($"UPDATE jobs SET cancel_requested = 1 WHERE id = @id AND {JobRows.Open}", ("@id", id));
        Spending.Ledger.ReleaseIfEnded(s, id, Now);
        return FindById(s, id)!;
    });

    /// <summary>Asks for an unconfirmed job to be looked for again; true if it is one.</summary>
    public bool AskAfter(long id) =>
        database.Write(s => s.Execute("UPDATE jobs SET asked_after = 1 WHERE id = @id AND state = 'unconfirmed'", ("@id", id))) == 1;

    /// <summary>Asks for a task at a provider to be looked at now; false if no open job has it.</summary>
    internal bool AskAfterTask(string provider, string task) => database.Write(s => s.Execute(
        $"UPDATE jobs SET asked_after = 1 WHERE provider = @provider AND {s.Dialect.JsonText("remote", "id")} = @task AND {JobRows.Open}",
        ("@provider", provider),
        ("@task", task))) > 0;

    /// <summary>True while a job waits to be looked for again, or is being looked for.</summary>
    public bool IsAskedAfter(long id) => database.Read(s => s.Number(
        "SELECT COUNT(*) FROM jobs WHERE id = @id AND state = 'unconfirmed' AND asked_after > 0",
        ("@id", id))) == 1;

    /// <summary>Takes the next queued job of a lane: what somebody waits for goes first.</summary>
    /// <param name="term">The runner's term.</param>
    /// <param name="lane">The lane.</param>
    /// <param name="leastUrgent">The greatest priority number that it takes.</param>
    /// <param name="mostElsewhere">None is taken while other terms have more of the lane's jobs on their way; null: however many.</param>
    /// <param name="only">No other than this one; null: whichever is next.</param>
    internal Job? TakeNext(long term, string lane, int leastUrgent, int? mostElsewhere = null, long? only = null) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Lane(lane));
        if (mostElsewhere is { } most && OnTheirWayElsewhere(s, lane, term) > most)
        {
            return null;
        }
        var job = s.Query(
            $"SELECT {JobRows.Columns} FROM jobs WHERE state = 'queued' AND lane = @lane AND priority <= @least AND {JobRows.Ready} AND " +
                $"{JobRows.TermGoesOn}{(only is null ? "" : " AND id = @only")} ORDER BY priority, turn, id LIMIT 1",
            JobRows.Map,
            [("@lane", lane), ("@least", leastUrgent), ("@term", term), .. Only(only)]).FirstOrDefault();
        if (job is null || !JobGate.TryMoveUnheld(s, job.Id, JobState.Queued, JobState.Submitting))
        {
            return null;
        }
        Attempt[] attempts = [.. job.Attempts, new Attempt(job.Provider, job.Model, "started", null)];
        // The key is minted here, once an attempt: it is stored before anything leaves.
        var key = job.AttemptKey ?? Guid.NewGuid().ToString("n");
        s.Execute(
            "UPDATE jobs SET term = @term, attempts = @attempts, attempt_key = @key, progress = 0, error_message = NULL, started_at = " +
            "@now " +
                "WHERE id = @id",
            ("@term", term),
            ("@attempts", JobRows.Serialize(attempts)),
            ("@key", key),
            ("@now", Now),
            ("@id", job.Id));
        return job with { State = JobState.Submitting, Term = term, Attempts = attempts, AttemptKey = key };
    });

    /// <summary>The lanes that have something to do; cheap enough to ask several times a second.</summary>
    internal IReadOnlyList<string> LanesWithQueued() =>
        database.Read(s => s.Query($"SELECT DISTINCT lane FROM jobs WHERE state = 'queued' AND {JobRows.Ready}", r => r.Text("lane")));

    /// <summary>Moves a job of this term on.</summary>
    /// <exception cref="StaleTermException">Another process runs jobs now, or the job has moved.</exception>
    internal void Move(Job job, JobState to) => database.Write(s =>
    {
        JobGate.Move(s, job, to);
        return true;
    });

    /// <summary>Writes progress of many jobs at once; too late is no fault.</summary>
    internal void ReportProgress(IEnumerable<(Job Job, double Progress)> reports) => database.Write(s =>
    {
        foreach (var (job, progress) in reports)
        {
            s.Execute(
                "UPDATE jobs SET progress = @progress WHERE id = @id AND term = @term AND state = 'running'",
                ("@progress", progress),
                ("@id", job.Id),
                ("@term", job.Term));
        }
        return true;
    });

    /// <summary>Which jobs the user has canceled.</summary>
    internal IReadOnlyList<long> CancelRequested() => database.Read(s =>
        s.Query($"SELECT id FROM jobs WHERE cancel_requested = 1 AND {JobRows.Open}", r => r.Number("id")));

    /// <summary>Ends a job without a result. What it cost is settled; without a cost its reservation is freed.</summary>
    internal void End(Job job, JobState state, ErrorCode code, string message, decimal costUsd = 0) => database.Write(s =>
    {
        JobGate.Move(s, job, state);
        s.Execute(
            "UPDATE jobs SET error_code = @code, error_message = @message, attempts = @attempts, cost_micros = cost_micros + @cost, " +
                "ended_at = @now WHERE id = @id",
            ("@code", SnakeCase.From(code)),
            ("@message", message),
            ("@attempts", JobRows.Serialize(JobRows.Closed(job, state == JobState.Canceled ? "canceled" : "failed", message))),
            ("@cost", SqlRow.Micros(costUsd)),
            ("@now", Now),
            ("@id", job.Id));
        if (costUsd > 0)
        {
            Spending.Ledger.Settle(s, job.Id, job.Attempt, costUsd, job.Provider, job.Model, Now);
        }
        Spending.Ledger.ReleaseIfEnded(s, job.Id, Now);
        EndDependents(s, job.Id, state, Now);
        return true;
    });

    /// <summary>Puts a job that was interrupted back into the queue; only where doing it again is free. Too late is no fault.</summary>
    internal void Requeue(Job job, string why) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Job(job.Id));
        return FindById(s, job.Id) is { SentAt: null }
            && JobGate.TryMove(s, job, JobState.Queued)
            && s.Execute(
                "UPDATE jobs SET progress = 0, outputs = NULL, attempts = @attempts WHERE id = @id",
                ("@attempts", JobRows.Serialize(JobRows.Closed(job, "interrupted", why))),
                ("@id", job.Id)) == 1;
    });

    private static ReadOnlySpan<(string Name, object? Value)> Only(long? id) => id is null ? [] : new (string, object?)[] { ("@only", id) };

    private static long OnTheirWayElsewhere(SqlSession session, string lane, long term) => session.Number(
        "SELECT COUNT(*) FROM jobs WHERE lane = @lane AND state IN ('submitting', 'running') AND term <> @term",
        ("@lane", lane),
        ("@term", term))!.Value;

    // A job of which nobody knows whether it was paid counts as paid: the budget must not be overspent by forgetting it.
    private void GiveUpUnconfirmed(SqlSession session, long id)
    {
        if (FindById(session, id) is not { } job || !JobGate.TryMoveUnheld(session, id, JobState.Unconfirmed, JobState.Canceled))
        {
            return;
        }
        Spending.Ledger.Settle(session, job.Id, job.Attempt, job.EstimatedCostUsd, job.Provider, job.Model, Now);
        session.Execute(
            "UPDATE jobs SET ended_at = @now, cost_micros = @cost, error_code = 'canceled', error_message = @message WHERE id = @id",
            ("@now", Now),
            ("@cost", SqlRow.Micros(job.EstimatedCostUsd)),
            ("@message",
                $"Given up: {job.Provider} may have made and charged it, so its price counts as spent. Look in your account there."),
            ("@id", id));
        EndDependents(session, id, JobState.Canceled, Now);
    }

    // What waits for a job that has no result can have none either.
    private static void EndDependents(SqlSession session, long id, JobState state, long now)
    {
        foreach (var dependent in session.Query(
            "SELECT id FROM jobs WHERE after = @id AND state = 'queued'",
            r => r.Number("id"),
            ("@id", id)))
        {
            if (!JobGate.TryMoveUnheld(session, dependent, JobState.Queued, state))
            {
                continue;
            }
            session.Execute(
                "UPDATE jobs SET ended_at = @now, error_code = @code, error_message = @message WHERE id = @id",
                ("@now", now),
                ("@code", state == JobState.Canceled ? "canceled" : "provider_failed"),
                ("@message", $"{Job.NameOf(id)}, which this one works on, ended without a result; nothing was spent on this one."),
                ("@id", dependent));
            Spending.Ledger.ReleaseIfEnded(session, dependent, now);
            EndDependents(session, dependent, state, now);
        }
    }

    internal static Job? FindById(SqlSession session, long id) =>
        session.Query($"SELECT {JobRows.Columns} FROM jobs WHERE id = @id", JobRows.Map, ("@id", id)).FirstOrDefault();

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
