using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Spending;

/// <summary>
/// Every reserved, settled and released dollar, an attempt at a provider at a time. Rows are only ever added, inside the
/// transaction that moves the job.
/// </summary>
internal static class Ledger
{
    // What an attempt counts for: what it has cost, nothing if it was released, else what is set aside.
    private const string PerAttempt =
        """
        SELECT job, attempt, MIN(provider) AS provider, MIN(model) AS model, MIN(day) AS day,
               MAX(CASE WHEN entry = 'settle' THEN amount_micros END) AS settled,
               MAX(CASE WHEN entry = 'release' THEN 1 ELSE 0 END) AS released,
               MAX(CASE WHEN entry = 'reserve' THEN amount_micros ELSE 0 END) AS reserved
        FROM ledger
        """;

    /// <summary>Sets an attempt's estimate aside.</summary>
    public static void Reserve(SqlSession session, long job, int attempt, decimal usd, string provider, string model, long now) =>
        Add(session, (job, attempt), "reserve", usd, provider, model, now);

    /// <summary>Writes what an attempt has cost and frees the rest of its reservation.</summary>
    public static void Settle(SqlSession session, long job, int attempt, decimal costUsd, string provider, string model, long now) =>
        Add(session, (job, attempt), "settle", costUsd, provider, model, now);

    /// <summary>Frees an attempt's reservation: it cost nothing.</summary>
    public static void Release(SqlSession session, long job, int attempt, long now) => session.Execute(
        """
        INSERT INTO ledger (job, attempt, entry, amount_micros, provider, model, day, created_at)
        SELECT job, attempt, 'release', amount_micros, provider, model, day, @now FROM ledger WHERE job = @job AND attempt = @attempt AND entry = 'reserve'
        ON CONFLICT (job, attempt, entry) DO NOTHING
        """,
        ("@job", job),
        ("@attempt", attempt),
        ("@now", now));

    /// <summary>Frees what a job that ended without cost still holds.</summary>
    public static void ReleaseIfEnded(SqlSession session, long job, long now) => session.Execute(
        """
        INSERT INTO ledger (job, attempt, entry, amount_micros, provider, model, day, created_at)
        SELECT l.job, l.attempt, 'release', l.amount_micros, l.provider, l.model, l.day, @now FROM ledger l JOIN jobs j ON j.id = l.job
        WHERE l.job = @job AND l.entry = 'reserve' AND j.state IN ('failed', 'canceled')
          AND NOT EXISTS (SELECT 1 FROM ledger s WHERE s.job = l.job AND s.attempt = l.attempt AND s.entry = 'settle')
        ON CONFLICT (job, attempt, entry) DO NOTHING
        """,
        ("@job", job),
        ("@now", now));

    /// <summary>The day on which a job's cost counts: that on which it was set aside first; null: nothing was.</summary>
    public static string? DayOf(SqlSession session, long job) => session
        .Query(
            "SELECT day FROM ledger WHERE job = @job AND entry = 'reserve' ORDER BY attempt LIMIT 1",
            r => r.Text("day"),
            ("@job", job))
        .FirstOrDefault();

    /// <summary>What is spent or still reserved on a day.</summary>
    public static decimal Committed(SqlSession session, string day) => (session.Number(
        $"SELECT COALESCE(SUM(CASE WHEN settled IS NOT NULL THEN settled WHEN released = 1 THEN 0 ELSE reserved END), 0) FROM " +
            $"({PerAttempt} WHERE day = @day GROUP BY job, attempt) AS a",
        ("@day", day)) ?? 0) / 1_000_000m;

    /// <summary>What was spent and is reserved, by day, provider, model and batch, newest day first.</summary>
    public static IReadOnlyList<SpendLine> Lines(SqlSession session) => session.Query(
        $"""
        SELECT a.day, a.provider, a.model, b.id AS batch, b.name AS batch_name, COUNT(*) AS attempts,
               CAST(SUM(COALESCE(a.settled, 0)) AS BIGINT) AS spent_micros,
               CAST(SUM(CASE WHEN a.settled IS NULL AND a.released = 0 THEN a.reserved ELSE 0 END) AS BIGINT) AS reserved_micros
        FROM ({PerAttempt} GROUP BY job, attempt) AS a JOIN jobs j ON j.id = a.job LEFT JOIN batches b ON b.id = j.batch
        WHERE a.reserved > 0 OR a.settled > 0
        GROUP BY a.day, a.provider, a.model, b.id ORDER BY a.day DESC, a.provider, a.model, b.id
        """,
        r => new SpendLine(
            r.Text("day"),
            r.Text("provider"),
            r.Text("model"),
            r.NumberOrNull("batch") is { } batch ? $"batch-{batch} {r.TextOrNull("batch_name")}" : "",
            (int)r.Number("attempts"),
            r.Usd("spent_micros"),
            r.Usd("reserved_micros")));

    private static void Add(
        SqlSession session,
        (long Job, int Attempt) attempt,
        string entry,
        decimal usd,
        string provider,
        string model,
        long now) => session.Execute(
        """
        INSERT INTO ledger (job, attempt, entry, amount_micros, provider, model, day, created_at) VALUES (@job, @attempt, @entry, @amount, @provider, @model, @day, @now)
        ON CONFLICT (job, attempt, entry) DO NOTHING
        """,
        ("@job", attempt.Job),
        ("@attempt", attempt.Attempt),
        ("@entry", entry),
        ("@amount", SqlRow.Micros(usd)),
        ("@provider", provider),
        ("@model", model),
        // A cost belongs to the day on which it was set aside, also when it is settled, or goes on to another model, after midnight.
        ("@day", DayOf(session, attempt.Job) ?? SqlRow.Day(DateTimeOffset.FromUnixTimeMilliseconds(now))),
        ("@now", now));
}
