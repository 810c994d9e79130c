using McpI2V.Engine.Jobs;
using McpI2V.Engine.Storage.Sqlite;

namespace McpI2V.Engine.Spending;

/// <summary>Every reserved, settled and released dollar. Rows are only ever added, inside the transaction that moves the job.</summary>
internal static class Ledger
{
    /// <summary>Sets a job's estimate aside.</summary>
    public static void Reserve(SqliteSession session, long job, NewJob details, long now) =>
        Add(session, job, "reserve", details.EstimatedCostUsd, details.Provider, details.Model, now);

    /// <summary>Writes what a job has cost and frees the rest of its reservation.</summary>
    public static void Settle(SqliteSession session, Job job, decimal costUsd, long now) =>
        Add(session, job.Id, "settle", costUsd, job.Provider, job.Model, now);

    /// <summary>Frees a job's reservation if it ended without cost.</summary>
    public static void ReleaseIfEnded(SqliteSession session, long job, long now) => session.Execute(
        """
        INSERT INTO ledger (job, entry, amount_micros, provider, model, day, created_at)
        SELECT l.job, 'release', l.amount_micros, l.provider, l.model, l.day, $now FROM ledger l JOIN jobs j ON j.id = l.job
        WHERE l.job = $job AND l.entry = 'reserve' AND j.state IN ('failed', 'canceled')
        ON CONFLICT (job, entry) DO NOTHING
        """,
        ("$job", job),
        ("$now", now));

    /// <summary>What is spent or still reserved on a day.</summary>
    public static decimal Committed(SqliteSession session, string day) => (session.Number(
        """
        SELECT COALESCE(SUM(CASE WHEN settled IS NOT NULL THEN settled WHEN released THEN 0 ELSE reserved END), 0) FROM (
          SELECT MAX(CASE WHEN entry = 'settle' THEN amount_micros END) AS settled,
                 MAX(entry = 'release') AS released,
                 MAX(CASE WHEN entry = 'reserve' THEN amount_micros ELSE 0 END) AS reserved
          FROM ledger WHERE day = $day GROUP BY job)
        """,
        ("$day", day)) ?? 0) / 1_000_000m;

    private static void Add(SqliteSession session, long job, string entry, decimal usd, string provider, string model, long now) => session.Execute(
        """
        INSERT INTO ledger (job, entry, amount_micros, provider, model, day, created_at) VALUES ($job, $entry, $amount, $provider, $model, $day, $now)
        ON CONFLICT (job, entry) DO NOTHING
        """,
        ("$job", job),
        ("$entry", entry),
        ("$amount", SqliteRow.Micros(usd)),
        ("$provider", provider),
        ("$model", model),
        ("$day", SqliteRow.Day(DateTimeOffset.FromUnixTimeMilliseconds(now))),
        ("$now", now));
}
