using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>Shared documents as rows, so that every node has the same.</summary>
public sealed class PostgresDocuments(LibraryDatabase database) : ISharedDocuments
{
    /// <inheritdoc/>
    public string AddressOf(string name) => $"{name} (table documents of the library's database)";

    /// <inheritdoc/>
    public byte[]? Read(string name) => Told(() => database.Read(s => s.Query(
        "SELECT content FROM documents WHERE name = @name",
        r => r.Bytes("content"),
        ("@name", name)).FirstOrDefault()));

    /// <inheritdoc/>
    public long VersionOf(string name) => Told(() => database.Read(s => s.Number(
        "SELECT version FROM documents WHERE name = @name",
        ("@name", name)))) ?? 0;

    /// <inheritdoc/>
    public void Write(string name, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Told(() => database.Write(s => s.Execute(
            "INSERT INTO documents (name, content, version) VALUES (@name, @content, 1) " +
                "ON CONFLICT (name) DO UPDATE SET content = @content, version = documents.version + 1",
            ("@name", name),
            ("@content", bytes))));
    }

    /// <inheritdoc/>
    public void Add(string name, ReadOnlySpan<byte> content)
    {
        var bytes = content.ToArray();
        Told(() => database.Write(s => s.Execute(
            "INSERT INTO documents (name, content, version) VALUES (@name, @content, 1) ON CONFLICT (name) DO NOTHING",
            ("@name", name),
            ("@content", bytes))));
    }

    // Who asks knows what a disk says.
    private static T Told<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (I2VException e)
        {
            throw new IOException(e.Message, e);
        }
    }
}
