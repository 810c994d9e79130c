using System.Text.Json;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs.Tasks;

/// <summary>The rows of calls that clients follow.</summary>
public sealed class McpTaskStore(LibraryDatabase database, TimeProvider time)
{
    /// <summary>How long a call can be followed; its jobs and assets stay.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    // Of one owner, and in all their arguments; their own oldest goes first. Jobs and assets stay.
    private const int MostOfOneOwner = 1_000;
    private const int MostLetters = 32_000_000;

    private const string Columns = "id, owner, tool, arguments, question, asks_micros, asks, folders, granted_micros, is_declined, job, " +
        "batch, outcome, is_canceled, created_at, updated_at";
    private const string IsOpen = "job IS NULL AND batch IS NULL AND outcome IS NULL AND is_canceled = 0";

    /// <summary>Writes a new one down, and forgets those that are too old.</summary>
    public void Begin(string id, string owner, string tool, string arguments) => database.Write(s =>
    {
        s.Execute("DELETE FROM followed_calls WHERE created_at < @old", ("@old", Now - (long)Lifetime.TotalMilliseconds));
        s.Execute(
            """
            DELETE FROM followed_calls WHERE id IN (
              SELECT id FROM (SELECT id, row_number() OVER newest AS place, sum(length(arguments)) OVER newest AS letters FROM followed_calls WHERE owner = @owner WINDOW newest AS (ORDER BY created_at DESC, id))
                AS ranked WHERE place >= @most OR letters > @letters)
            """,
            ("@owner", owner),
            ("@most", MostOfOneOwner),
            ("@letters", MostLetters - arguments.Length));
        return s.Execute(
            "INSERT INTO followed_calls (id, owner, tool, arguments, created_at, updated_at) VALUES (@id, @owner, @tool, @arguments, " +
                "@now, @now)",
            ("@id", id),
            ("@owner", owner),
            ("@tool", tool),
            ("@arguments", arguments),
            ("@now", Now));
    });

    /// <summary>An owner's call; null if there is none, or it is another's.</summary>
    public McpTask? Find(string id, string owner) => database.Read(s => FindById(s, id, owner));

    /// <summary>Forgets one whose answer was there at once.</summary>
    public void Forget(string id) => database.Write(s => s.Execute("DELETE FROM followed_calls WHERE id = @id", ("@id", id)));

    /// <summary>Opens a question about a price.</summary>
    /// <param name="id">The call.</param>
    /// <param name="usd">The price.</param>
    /// <param name="words">The question.</param>
    /// <param name="folders">The folders that the client shares: it may not be there to say so when the call goes on.</param>
    public void Ask(string id, decimal usd, string words, IReadOnlyList<string> folders) => database.Write(s => s.Execute(
        $"UPDATE followed_calls SET question = question + 1, asks_micros = @usd, asks = @words, folders = @folders, granted_micros = " +
            $"NULL, updated_at = @now WHERE id = @id AND {IsOpen}",
        ("@id", id),
        ("@usd", SqlRow.Micros(usd)),
        ("@words", words),
        ("@folders", JsonSerializer.Serialize([.. folders], TasksJson.Default.StringArray)),
        ("@now", Now)));

    /// <summary>Writes the user's answer to a question down; false if that question is not open: it was answered already.</summary>
    public bool Answer(string id, long question, bool isYes) => database.Write(s => s.Execute(
        $"""
        UPDATE followed_calls SET granted_micros = CASE WHEN @yes = 1 THEN asks_micros END, is_declined = 1 - @yes, asks_micros = NULL, asks = NULL, updated_at = @now
        WHERE id = @id AND question = @question AND asks_micros IS NOT NULL AND {IsOpen}
        """,
        ("@id", id),
        ("@question", question),
        ("@yes", isYes ? 1 : 0),
        ("@now", Now))) == 1;

    /// <summary>Ends one without a job.</summary>
    public void End(string id, string outcome) => database.Write(s => s.Execute(
        $"UPDATE followed_calls SET outcome = @outcome, arguments = '{{}}', updated_at = @now WHERE id = @id AND {IsOpen}",
        ("@id", id),
        ("@outcome", outcome),
        ("@now", Now)));

    /// <summary>Cancels one that has no job yet.</summary>
    public void Cancel(string id) => database.Write(s => s.Execute(
        $"UPDATE followed_calls SET is_canceled = 1, arguments = '{{}}', asks_micros = NULL, asks = NULL, updated_at = @now WHERE id = " +
            $"@id AND {IsOpen}",
        ("@id", id),
        ("@now", Now)));

    /// <summary>What a followed call has queued; null: nothing yet.</summary>
    internal static (long? Job, long? Batch)? WorkOf(SqlSession session, string id) => session.Query(
        "SELECT job, batch FROM followed_calls WHERE id = @id AND (job IS NOT NULL OR batch IS NOT NULL)",
        r => ((long?, long?)?)(r.NumberOrNull("job"), r.NumberOrNull("batch")),
        ("@id", id)).FirstOrDefault();

    /// <summary>Binds a followed call to what it queued, in the transaction that queues it.</summary>
    /// <exception cref="I2VException">It was canceled meanwhile.</exception>
    internal static void Bind(SqlSession session, string id, long? job, long? batch, long now)
    {
        var bound = session.Execute(
            $"UPDATE followed_calls SET job = @job, batch = @batch, arguments = '{{}}', updated_at = @now WHERE id = @id AND {IsOpen}",
            ("@id", id),
            ("@job", job),
            ("@batch", batch),
            ("@now", now));
        if (bound == 0)
        {
            throw new I2VException(ErrorCode.Canceled, "The call was canceled before it began; nothing was spent.");
        }
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private static McpTask? FindById(SqlSession session, string id, string owner) => session.Query(
        $"SELECT {Columns} FROM followed_calls WHERE id = @id AND owner = @owner",
        Map,
        ("@id", id),
        ("@owner", owner)).FirstOrDefault();

    private static McpTask Map(SqlRow row) => new()
    {
        Id = row.Text("id"),
        Owner = row.Text("owner"),
        Tool = row.Text("tool"),
        Arguments = row.Text("arguments"),
        Question = row.Number("question"),
        AsksUsd = row.NumberOrNull("asks_micros") is null ? null : row.Usd("asks_micros"),
        Asks = row.TextOrNull("asks"),
        Folders = JsonSerializer.Deserialize(row.Text("folders"), TasksJson.Default.StringArray)!,
        GrantedUsd = row.NumberOrNull("granted_micros") is null ? null : row.Usd("granted_micros"),
        IsDeclined = row.Flag("is_declined"),
        Job = row.NumberOrNull("job"),
        Batch = row.NumberOrNull("batch"),
        Outcome = row.TextOrNull("outcome"),
        IsCanceled = row.Flag("is_canceled"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };
}
