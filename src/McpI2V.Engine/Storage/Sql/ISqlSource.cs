using System.Data.Common;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>A database that holds the library's rows: how it is reached, and what is its own.</summary>
public interface ISqlSource
{
    /// <summary>How it says what SQL leaves open.</summary>
    SqlDialect Dialect { get; }

    /// <summary>A connection to a library whose tables are there, as this program knows them.</summary>
    /// <exception cref="I2VException">The library can't be reached, or is of a newer program.</exception>
    DbConnection Open();

    /// <summary>Begins a transaction. What a writing one commits survives a power cut.</summary>
    DbTransaction Begin(DbConnection connection, bool writes);

    /// <summary>A number that is another after every commit, by whichever process; null where it can't be told cheaply.</summary>
    long? Version();

    /// <summary>What it says of its own files: "ok", or their faults.</summary>
    string CheckIntegrity();

    /// <summary>A fault of the database in words that say what to do.</summary>
    I2VException Explain(DbException fault);
}
