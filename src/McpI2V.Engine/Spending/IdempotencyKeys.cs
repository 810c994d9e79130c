using System.Security.Cryptography;
using System.Text;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Spending;

/// <summary>
/// Makes a call that a client repeats the same job: it resends what timed out, some send every call twice. One insert in
/// the transaction that writes the job decides, so it holds across processes.
/// </summary>
internal static class IdempotencyKeys
{
    /// <summary>How long a call is remembered after its start, however its job ended.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);

    /// <summary>The key of a call: its tool and everything that decides what it makes.</summary>
    public static string Key(string tool, string request) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(tool + "\n" + request)));

    /// <summary>
    /// What an earlier, same call asked for, if it still counts: unfinished, or begun within the window and not wholly failed or called
    /// off.
    /// </summary>
    public static (long? Job, long? Batch)? Find(SqlSession session, string key, long now) => session.Query(
        """
        SELECT c.job, c.batch FROM idempotency_keys c
        WHERE c.key = @key AND EXISTS (
          SELECT 1 FROM jobs j WHERE (j.id = c.job OR j.batch = c.batch) AND j.state NOT IN ('failed', 'canceled')
            AND (c.created_at > @since OR j.state <> 'succeeded'))
        """,
        r => ((long?, long?)?)(r.NumberOrNull("job"), r.NumberOrNull("batch")),
        ("@key", key),
        ("@since", now - (long)Length.TotalMilliseconds)).FirstOrDefault();

    /// <summary>Remembers a call.</summary>
    public static void Remember(SqlSession session, string key, long? job, long? batch, long now) => session.Execute(
        "INSERT INTO idempotency_keys (key, job, batch, created_at) VALUES (@key, @job, @batch, @now) ON CONFLICT (key) DO UPDATE SET " +
        "job = @job, " +
            "batch = @batch, created_at = @now",
        ("@key", key),
        ("@job", job),
        ("@batch", batch),
        ("@now", now));
}
