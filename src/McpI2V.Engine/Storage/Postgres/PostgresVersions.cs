using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>The scripts there are for PostgreSQL, and for each the oldest program that may work on beside it.</summary>
internal static class PostgresVersions
{
    private static readonly (int Version, int ReadableFrom)[] All = [(9, 9), (10, 10), (LibrarySchema.Current, 10)];

    /// <summary>Those that a library of this version lacks, in order.</summary>
    public static IEnumerable<(int Version, int ReadableFrom)> After(long version) => All.Where(v => v.Version > version);
}
