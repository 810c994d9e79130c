using System.Data.Common;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>A database that holds the library's rows: how work is done in it, and what is its own.</summary>
public interface ISqlSource
{
    /// <summary>
    /// Does work inside one transaction, on tables as this program knows them. What a writing one gives back is on the disk, and survives a
    /// power cut. Work may be done again from its beginning where a database went away in the middle of it: it changes nothing else.
    /// </summary>
    /// <exception cref="I2VException">The library can't be reached, or is of a newer program.</exception>
    /// <exception cref="DbException">It failed; nothing was changed.</exception>
    internal T Run<T>(Func<SqlSession, T> work, SqlUse use);

    /// <summary>True if several machines have it.</summary>
    bool IsShared { get; }

    /// <summary>
    /// A number that is another after every commit that answers may tell of (<see cref="SqlUse.Write"/>), by whichever process; null where
    /// it can't be told cheaply.
    /// </summary>
    long? Version();

    /// <summary>From now on calls back when such a commit is made, by whichever node, where the database tells of that.</summary>
    void Listen(Action heard);

    /// <summary>True while it tells of every commit, so that looking for news is needed only now and then.</summary>
    bool IsListening { get; }

    /// <summary>What it says of its own files: "ok", or their faults.</summary>
    string CheckIntegrity();

    /// <summary>Which database it is, for a person: kind, version, place; no password.</summary>
    string Describe();

    /// <summary>A fault of the database in words that say what to do.</summary>
    I2VException Explain(DbException fault);
}
