using System.Text.Json;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>The rows of jobs: reading them, and moving one from state to state.</summary>
public sealed class JobStore(LibraryDatabase database, TimeProvider time)
{
    private const string Columns = "id, tool, title, kind, request, provider, model, priority, state, progress, estimated_micros, cost_micros, batch, after, variant, attempts, warnings, error_code, error_message, cancel_requested, term, created_at, ended_at";
    private const string Ready = "(after IS NULL OR (SELECT d.state FROM jobs d WHERE d.id = jobs.after) = 'succeeded')";
    private const string Open = "state NOT IN ('succeeded', 'failed', 'canceled')";

    /// <summary>The job with this number; null if there is none.</summary>
    public Job? Find(long id) => database.Read(s => s.Query($"SELECT {Columns} FROM jobs WHERE id = $id", Map, ("$id", id))).FirstOrDefault();

    /// <summary>The job with this number.</summary>
    /// <exception cref="I2VException">There is none.</exception>
    public Job Get(long id) => Find(id) ?? throw new I2VException(ErrorCode.NotFound, $"id names {Job.NameOf(id)}, but there is no such job in this library. find_assets lists what was made.", "id");

    /// <summary>A batch's jobs in order.</summary>
    public IReadOnlyList<Job> OfBatch(long batch) => database.Read(s => s.Query($"SELECT {Columns} FROM jobs WHERE batch = $batch ORDER BY id", Map, ("$batch", batch)));

    /// <summary>Jobs that are not over, for completion and for the doctor.</summary>
    public IReadOnlyList<Job> Unfinished(int limit) => database.Read(s => s.Query($"SELECT {Columns} FROM jobs WHERE {Open} ORDER BY id DESC LIMIT $limit", Map, ("$limit", limit)));

    /// <summary>The newest jobs.</summary>
    public IReadOnlyList<Job> Newest(int limit) => database.Read(s => s.Query($"SELECT {Columns} FROM jobs ORDER BY id DESC LIMIT $limit", Map, ("$limit", limit)));

    /// <summary>Asks for a job to be called off; a queued one is over at once. Returns how it stands now.</summary>
    public Job RequestCancel(long id) => database.Write(s =>
    {
        var ended = s.Execute(
            "UPDATE jobs SET state = 'canceled', ended_at = $now, error_code = 'canceled', error_message = 'Called off before it began; nothing was spent.' WHERE id = $id AND state = 'queued'",
            ("$id", id),
            ("$now", Now));
        if (ended == 1)
        {
            EndDependents(s, id, JobState.Canceled, Now);
        }
        s.Execute($"UPDATE jobs SET cancel_requested = 1 WHERE id = $id AND {Open}", ("$id", id));
        Spending.Ledger.ReleaseIfEnded(s, id, Now);
        return s.Query($"SELECT {Columns} FROM jobs WHERE id = $id", Map, ("$id", id)).First();
    });

    /// <summary>Begins a new term of running jobs; older terms can write no more.</summary>
    internal long BeginTerm() => database.Write(s => s.Number("UPDATE runner SET term = term + 1 RETURNING term")!.Value);

    /// <summary>Takes the next queued job: what somebody waits for goes first.</summary>
    internal Job? TakeNext(long term, int mostUrgent, int leastUrgent) => database.Write(s =>
    {
        var job = s.Query(
            $"SELECT {Columns} FROM jobs WHERE state = 'queued' AND priority BETWEEN $most AND $least AND {Ready} AND (SELECT term FROM runner) = $term ORDER BY priority, id LIMIT 1",
            Map,
            ("$most", mostUrgent),
            ("$least", leastUrgent),
            ("$term", term)).FirstOrDefault();
        if (job is null)
        {
            return null;
        }
        Attempt[] attempts = [.. job.Attempts, new Attempt(job.Provider, job.Model, "started", null)];
        s.Execute(
            "UPDATE jobs SET state = 'submitting', term = $term, attempts = $attempts, progress = 0, started_at = $now WHERE id = $id",
            ("$term", term),
            ("$attempts", Serialize(attempts)),
            ("$now", Now),
            ("$id", job.Id));
        return job with { State = JobState.Submitting, Term = term, Attempts = attempts };
    });

    /// <summary>True if there is anything to take; cheap enough to ask several times a second.</summary>
    internal bool HasQueued() => database.Read(s => s.Number($"SELECT 1 FROM jobs WHERE state = 'queued' AND {Ready} LIMIT 1")) is not null;

    /// <summary>Moves a job of this term on.</summary>
    /// <exception cref="LostTermException">Another process runs jobs now, or the job has moved.</exception>
    internal void Move(Job job, JobState to) => database.Write(s => Moved(s, job, to));

    /// <summary>Moves a job inside a transaction that does more.</summary>
    internal static int Moved(SqliteSession session, Job job, JobState to)
    {
        var from = JobTransitions.Before(to).Select(f => $"'{Spelling.Of(f)}'");
        var changed = session.Execute(
            $"UPDATE jobs SET state = $to WHERE id = $id AND term = $term AND (SELECT term FROM runner) = $term AND state IN ({string.Join(", ", from)})",
            ("$to", Spelling.Of(to)),
            ("$id", job.Id),
            ("$term", job.Term));
        return changed == 1 ? changed : throw new LostTermException(job.Name);
    }

    /// <summary>Writes progress; too late is no fault.</summary>
    internal void ReportProgress(Job job, double progress) => database.Write(s =>
        s.Execute("UPDATE jobs SET progress = $progress WHERE id = $id AND term = $term AND state = 'running'", ("$progress", progress), ("$id", job.Id), ("$term", job.Term)));

    /// <summary>Which of these jobs the user has called off.</summary>
    internal IReadOnlyList<long> CancelRequested() => database.Read(s =>
        s.Query($"SELECT id FROM jobs WHERE cancel_requested = 1 AND {Open}", r => r.Number("id")));

    /// <summary>Ends a job without a result.</summary>
    internal void End(Job job, JobState state, ErrorCode code, string message) => database.Write(s =>
    {
        Moved(s, job, state);
        s.Execute(
            "UPDATE jobs SET error_code = $code, error_message = $message, attempts = $attempts, ended_at = $now WHERE id = $id",
            ("$code", Spelling.Of(code)),
            ("$message", message),
            ("$attempts", Serialize(Closed(job, state == JobState.Canceled ? "canceled" : "failed", message))),
            ("$now", Now),
            ("$id", job.Id));
        Spending.Ledger.ReleaseIfEnded(s, job.Id, Now);
        EndDependents(s, job.Id, state, Now);
        return true;
    });

    /// <summary>Puts a job that was interrupted back into the queue; only where doing it again is free.</summary>
    internal void Requeue(Job job, string why) => database.Write(s => s.Execute(
        $"UPDATE jobs SET state = 'queued', progress = 0, outputs = NULL, attempts = $attempts WHERE id = $id AND {Open}",
        ("$attempts", Serialize(Closed(job, "interrupted", why))),
        ("$id", job.Id)));

    /// <summary>Jobs that a dead process left in the middle.</summary>
    internal IReadOnlyList<Job> Interrupted() => database.Read(s => s.Query($"SELECT {Columns} FROM jobs WHERE state IN ('submitting', 'running', 'fetching') ORDER BY id", Map));

    /// <summary>Takes a job that a dead process left into the current term.</summary>
    internal Job Adopt(Job job, long term)
    {
        database.Write(s => s.Execute("UPDATE jobs SET term = $term WHERE id = $id", ("$term", term), ("$id", job.Id)));
        return job with { Term = term };
    }

    internal static string Serialize(IReadOnlyList<Attempt> attempts) => JsonSerializer.Serialize([.. attempts], JobsJson.Default.AttemptArray);

    internal static Attempt[] Closed(Job job, string outcome, string? error) =>
        job.Attempts.Count == 0 ? [] : [.. job.Attempts.SkipLast(1), job.Attempts[^1] with { Outcome = outcome, Error = error }];

    // What waits for a job that has no result can have none either.
    private static void EndDependents(SqliteSession session, long id, JobState state, long now)
    {
        foreach (var dependent in session.Query("SELECT id FROM jobs WHERE after = $id AND state = 'queued'", r => r.Number("id"), ("$id", id)))
        {
            session.Execute(
                "UPDATE jobs SET state = $state, ended_at = $now, error_code = $code, error_message = $message WHERE id = $id",
                ("$state", Spelling.Of(state)),
                ("$now", now),
                ("$code", state == JobState.Canceled ? "canceled" : "provider_failed"),
                ("$message", $"{Job.NameOf(id)}, whose clip this one edits, ended without one; nothing was spent."),
                ("$id", dependent));
            Spending.Ledger.ReleaseIfEnded(session, dependent, now);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static Job Map(SqliteRow row) => new()
    {
        Id = row.Number("id"),
        Tool = row.Text("tool"),
        Title = row.Text("title"),
        Kind = row.Text("kind"),
        Request = row.Text("request"),
        Provider = row.Text("provider"),
        Model = row.Text("model"),
        Priority = (int)row.Number("priority"),
        State = Spelling.Parse<JobState>(row.Text("state"))!.Value,
        Progress = row.Real("progress"),
        EstimatedCostUsd = row.Usd("estimated_micros"),
        CostUsd = row.Usd("cost_micros"),
        Batch = row.NumberOrNull("batch"),
        After = row.NumberOrNull("after"),
        Variant = row.TextOrNull("variant"),
        Attempts = JsonSerializer.Deserialize(row.Text("attempts"), JobsJson.Default.AttemptArray)!,
        Warnings = JsonSerializer.Deserialize(row.Text("warnings"), JobsJson.Default.StringArray)!,
        ErrorCode = row.TextOrNull("error_code") is { } code ? Spelling.Parse<ErrorCode>(code) : null,
        ErrorMessage = row.TextOrNull("error_message"),
        CancelRequested = row.Flag("cancel_requested"),
        Term = row.Number("term"),
        CreatedAt = row.Time("created_at"),
        EndedAt = row.TimeOrNull("ended_at"),
    };
}
