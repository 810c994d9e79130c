using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Batches;

/// <summary>The rows of batches.</summary>
public sealed class BatchStore(LibraryDatabase database)
{
    private const string Columns = "id, name, matrix, created_at, request, starred, note";

    /// <summary>The batch with this number.</summary>
    /// <exception cref="I2VException">There is none.</exception>
    public Batch Get(long id, string argument = "id") =>
        database.Read(s => s.Query($"SELECT {Columns} FROM batches WHERE id = @id", Map, ("@id", id))).FirstOrDefault()
        ?? throw new I2VException(
            ErrorCode.NotFound,
            $"{argument} names {Batch.NameOf(id)}, but there is no such batch in this library. batch_variants makes one.",
            argument);

    /// <summary>The newest batches that are neither hidden nor in the bin.</summary>
    public IReadOnlyList<Batch> Newest(int limit) => database.Read(s => s.Query(
        $"SELECT {Columns} FROM batches WHERE deleted_at IS NULL AND hidden_at IS NULL ORDER BY id DESC LIMIT @limit",
        Map,
        ("@limit", limit)));

    /// <summary>The newest batch of that name, whatever its case; else the newest that has it in its name; null if there is none.</summary>
    public Batch? FindByName(string name) => database
        .Read(s => s.Query(
            $"SELECT {Columns} FROM batches WHERE deleted_at IS NULL AND name {s.Dialect.Like} '%' || @name || '%' ESCAPE '\\' " +
                "ORDER BY id DESC",
            Map,
            ("@name", SqlDialect.Literally(name.Trim()))))
        .OrderByDescending(b => string.Equals(b.Title, name.Trim(), StringComparison.OrdinalIgnoreCase))
        .FirstOrDefault();

    private static Batch Map(SqlRow row) => new(
        row.Number("id"),
        ForeignText.Line(row.Text("name")),
        row.Text("matrix"),
        row.Time("created_at"),
        row.TextOrNull("request"))
    {
        IsStarred = row.Flag("starred"),
        Note = row.TextOrNull("note"),
    };
}
