using System.Text.Json;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>What is written at each line of a paid job's life; every write is on the disk before the next thing happens.</summary>
internal sealed class RemoteJobStore(LibraryDatabase database, BudgetOptions budget, JobLanes lanes, TimeProvider time)
{
    /// <summary>Before the first paid byte leaves.</summary>
    /// <exception cref="StaleTermException">Another process runs jobs now, or it was sent before: nothing may be sent.</exception>
    public Job Sending(Job job) => database.Write(s =>
    {
        UpdateOwned(s, job, "sent_at = @value", Now, " AND state = 'submitting' AND sent_at IS NULL");
        return job with { SentAt = DateTimeOffset.FromUnixTimeMilliseconds(Now) };
    });

    /// <summary>True while the job is this process's to carry on.</summary>
    public bool IsOurs(Job job) => database.Read(s => s.Number(
        $"SELECT COUNT(*) FROM jobs WHERE id = @id AND {JobRows.IsOfTerm}",
        ("@id", job.Id),
        ("@term", job.Term))) == 1;

    /// <summary>After an answer that proves that nothing was accepted.</summary>
    public Job NotAccepted(Job job) => database.Write(s =>
    {
        UpdateOwned(s, job, "sent_at = @value", null, " AND state = 'submitting'");
        return job with { SentAt = null };
    });

    /// <summary>The provider's name for it, before anything else happens with it.</summary>
    public Job Accepted(Job job, RemoteTask task) => database.Write(s =>
    {
        JobGate.Move(s, job, JobState.Running);
        UpdateOwned(s, job, "error_message = @value", null);
        UpdateOwned(s, job, "accepted_at = @value", Now);
        UpdateOwned(s, job, "remote = @value", JsonSerializer.Serialize(task, JobsJson.Default.RemoteTask));
        return job with { State = JobState.Running, Remote = task, AcceptedAt = DateTimeOffset.FromUnixTimeMilliseconds(Now) };
    });

    /// <summary>Queues a job anew that its provider has forgotten, as an attempt of its own: only where that is free.</summary>
    public void SendAgain(Job job, string why) => database.Write(s =>
    {
        JobGate.Move(s, job, JobState.Queued);
        s.Execute(
            "UPDATE jobs SET progress = 0, sent_at = NULL, accepted_at = NULL, remote = NULL, attempt_key = NULL, attempts = @attempts " +
                "WHERE id = @id",
            ("@attempts", JobRows.Serialize(JobRows.Closed(job, "interrupted", why))),
            ("@id", job.Id));
        return true;
    });

    /// <summary>
    /// What keeps a job from going on, for the one who asks; null: nothing any more. It is only told: too late, or a locked database, is no
    /// fault.
    /// </summary>
    /// <returns>True if it is written.</returns>
    public bool Say(Job job, string? what)
    {
        try
        {
            return database.Write(s => s.Execute(
                $"UPDATE jobs SET error_message = @what WHERE id = @id AND term = @term AND {JobRows.UnderWay}",
                ("@what", what),
                ("@id", job.Id),
                ("@term", job.Term))) == 1;
        }
        catch (I2VException)
        {
            return false;
        }
    }

    /// <summary>The provider is done; the result is being fetched.</summary>
    public Job Fetching(Job job) => database.Write(s =>
    {
        JobGate.Move(s, job, JobState.Fetching);
        return job with { State = JobState.Fetching };
    });

    /// <summary>Nobody knows whether it was accepted: it stays reserved, and only the user sends it again.</summary>
    public void Unconfirmed(Job job, string message) => database.Write(s =>
    {
        JobGate.Move(s, job, JobState.Unconfirmed);
        s.Execute(
            "UPDATE jobs SET asked_after = 0, error_code = 'unconfirmed', error_message = @message, attempts = @attempts WHERE id = @id",
            ("@message", message),
            ("@attempts", JobRows.Serialize(JobRows.Closed(job, "unconfirmed", message))),
            ("@id", job.Id));
        return true;
    });

    /// <summary>Unconfirmed jobs, and whether somebody asked after them.</summary>
    public IReadOnlyList<(long Id, string Lane, string? Key, bool IsAskedAfter)> Unconfirmed() => database.Read(s => s.Query(
        "SELECT id, lane, attempt_key, asked_after FROM jobs WHERE state = 'unconfirmed'",
        r => (r.Number("id"), r.Text("lane"), r.TextOrNull("attempt_key"), r.Number("asked_after") == 1)));

    /// <summary>Jobs that are at a provider and belong to another lane.</summary>
    public IReadOnlyList<Job> AtVendorElsewhere(string provider, string lane) => database.Read(s => s.Query(
        $"SELECT {JobRows.Columns} FROM jobs WHERE state IN ('running', 'fetching') AND provider = @provider AND lane <> @lane AND " +
            "remote IS NOT NULL AND attempt_key IS NOT NULL ORDER BY id",
        JobRows.Map,
        ("@provider", provider),
        ("@lane", lane)));

    /// <summary>Makes a job of another lane a lane's own; null if it has moved meanwhile.</summary>
    public Job? Adopt(Job job, string lane, long term) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Lane(lane));
        var changed = s.Execute(
            "UPDATE jobs SET lane = @lane, term = @term WHERE id = @id AND lane = @before AND state IN ('running', 'fetching') AND " +
                JobRows.TermGoesOn,
            ("@lane", lane),
            ("@term", term),
            ("@id", job.Id),
            ("@before", job.Lane));
        return changed == 1 ? JobStore.FindById(s, job.Id) : null;
    });

    /// <summary>True if another job has a provider's task.</summary>
    public bool IsTaken(Job job, string task) => database.Read(s => s.Number(
        $"SELECT COUNT(*) FROM jobs WHERE provider = @provider AND id <> @id AND {s.Dialect.JsonText("remote", "id")} = @task",
        ("@provider", job.Provider),
        ("@id", job.Id),
        ("@task", task))) > 0;

    /// <summary>Jobs of these terms that are to be looked at now; each is told once.</summary>
    public IReadOnlyList<long> PollNow(IReadOnlyCollection<long> terms)
    {
        if (terms.Count == 0)
        {
            return [];
        }
        var asked = $"state = 'running' AND asked_after = 1 AND term IN ({string.Join(", ", terms)})";
        return database.Read(s => s.Number($"SELECT COUNT(*) FROM jobs WHERE {asked}")) > 0
            ? database.Write(s => s.Query($"UPDATE jobs SET asked_after = 0 WHERE {asked} RETURNING id", r => r.Number("id")))
            : [];
    }

    /// <summary>Takes an unconfirmed job up again, to look for it once more; null if it is none any more, or another does so.</summary>
    public Job? Reopen(long id, long term) => database.Write(s =>
    {
        var changed = s.Execute(
            "UPDATE jobs SET term = @term, asked_after = 2 WHERE id = @id AND state = 'unconfirmed' AND " +
                $"{JobRows.TermGoesOn} AND (asked_after <> 2 OR term = @term OR {JobRows.TermIsOver})",
            ("@term", term),
            ("@id", id));
        return changed == 1 ? JobStore.FindById(s, id) : null;
    });

    /// <summary>
    /// Goes on to the next model of the route, if there is one that the budget allows: the old reservation is freed, the new
    /// one made, and the job queued, all at once. Only after a definite, unbilled failure.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="fault">What ails the model, or its whole provider: then another provider is next.</param>
    public bool TryFallBack(Job job, ProviderException fault) => database.Write(s =>
    {
        s.LockForWrite(WriteLock.Spending);
        s.LockForWrite(WriteLock.Job(job.Id));
        var freed = job.EstimatedCostUsd;
        var day = Ledger.DayOf(s, job.Id) ?? SqlRow.Day(time.GetUtcNow());
        var affordable = job.Route
            .Where(r => r.OnlyIfAsked || !fault.IsOfTheWholeProvider || r.Provider != job.Provider)
            .SkipWhile(r => r.OnlyIfAsked || !budget.Allows(s, r.EstimateUsd - freed, freed, day))
            .ToList();
        if (affordable.Count == 0 || JobStore.FindById(s, job.Id) is { CancelRequested: true })
        {
            return false;
        }
        var next = affordable[0];
        JobGate.Move(s, job, JobState.Queued);
        Ledger.Release(s, job.Id, job.Attempt, Now);
        Ledger.Reserve(s, job.Id, job.Attempt + 1, next.EstimateUsd, next.Provider, next.Model, Now);
        s.Execute(
            """
            UPDATE jobs SET provider = @provider, model = @model, lane = @lane, estimated_micros = @estimate, route = @route, attempt = attempt + 1, attempts = @attempts,
                   attempt_key = NULL, sent_at = NULL, accepted_at = NULL, remote = NULL, progress = 0 WHERE id = @id
            """,
            ("@provider", next.Provider),
            ("@model", next.Model),
            ("@lane", next.Lane ?? lanes.ForProvider(next.Provider)),
            ("@estimate", SqlRow.Micros(next.EstimateUsd)),
            ("@route", JsonSerializer.Serialize([.. affordable.Skip(1)], JobsJson.Default.RouteStepArray)),
            ("@attempts", JobRows.Serialize(JobRows.Closed(job, "failed", fault.Message))),
            ("@id", job.Id));
        return true;
    });

    /// <summary>The keys of attempts that are not over: their answers are still needed.</summary>
    public IReadOnlySet<string> OpenKeys() => database
        .Read(s => s.Query($"SELECT attempt_key FROM jobs WHERE {JobRows.Open} AND attempt_key IS NOT NULL", r => r.Text("attempt_key")))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>True once the user has canceled the job.</summary>
    public bool IsCancelRequested(Job job) =>
        database.Read(s => s.Number("SELECT cancel_requested FROM jobs WHERE id = @id", ("@id", job.Id))) == 1;

    private static void UpdateOwned(SqlSession session, Job job, string assignment, object? value, string more = "")
    {
        var changed = session.Execute(
            $"UPDATE jobs SET {assignment} WHERE id = @id AND {JobRows.IsOfTerm}{more}",
            ("@value", value),
            ("@id", job.Id),
            ("@term", job.Term));
        if (changed != 1)
        {
            throw new StaleTermException(job.Name);
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();
}
