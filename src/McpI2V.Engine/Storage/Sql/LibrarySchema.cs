namespace McpI2V.Engine.Storage.Sql;

/// <summary>
/// The scripts that make a library's tables, embedded as <c>name-number.sql</c>: each leads from the number before to its own. The numbers
/// are the same for every database.
/// </summary>
internal static class LibrarySchema
{
    /// <summary>The version that this program reads and writes.</summary>
    public const int Current = 11;

    /// <summary>The text of a script.</summary>
    public static string Script(string name, int version)
    {
        using var stream = typeof(LibrarySchema).Assembly.GetManifestResourceStream($"{name}-{version}.sql")
            ?? throw new InvalidOperationException($"{name}-{version}.sql is missing from the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
