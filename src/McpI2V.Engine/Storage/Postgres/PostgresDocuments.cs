using System.Collections.Concurrent;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>Shared documents as rows, so that every node has the same.</summary>
public sealed class PostgresDocuments(LibraryDatabase database) : ISharedDocuments
{
    private readonly ConcurrentDictionary<string, (long Library, long Document)> seen = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string AddressOf(string name) => $"{name} (table documents of the library's database)";

    /// <inheritdoc/>
    public byte[]? Read(string name) => Told(() => database.Read(s => s.Query(
        "SELECT content FROM documents WHERE name = @name",
        r => r.Bytes("content"),
        ("@name", name)).FirstOrDefault()));

    /// <summary>The same; the database is asked only after a change of the library, as far as it tells of these.</summary>
    public long VersionOf(string name)
    {
        var library = database.Version();
        if (library is { } now && seen.TryGetValue(name, out var known) && known.Library == now)
        {
            return known.Document;
        }
        var document = Told(() => database.Read(s => s.Number("SELECT version FROM documents WHERE name = @name", ("@name", name)))) ?? 0;
        if (library is { } before)
        {
            seen[name] = (before, document);
        }
        return document;
    }

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
