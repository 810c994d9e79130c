using System.Data.Common;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>
/// The library's rows, wherever they are kept: everything that is read or written happens inside one transaction.
/// </summary>
public sealed class LibraryDatabase(ISqlSource source)
{
    /// <summary>True if several machines have it.</summary>
    internal bool IsShared => source.IsShared;

    /// <summary>Reads inside one transaction.</summary>
    internal T Read<T>(Func<SqlSession, T> read) => Explained(() => source.Run(read, SqlUse.Read));

    /// <summary>Writes inside one transaction that is on the disk when this returns, or did not happen.</summary>
    internal T Write<T>(Func<SqlSession, T> write) => Explained(() => source.Run(write, SqlUse.Write));

    /// <summary>The same for what no answer tells of and nobody waits for, so that nobody is told of it.</summary>
    internal T WriteUnheard<T>(Func<SqlSession, T> write) => Explained(() => source.Run(write, SqlUse.WriteUnheard));

    /// <summary>From now on calls back when a change is written, by whichever node, where the database tells of that.</summary>
    internal void Listen(Action heard) => source.Listen(heard);

    /// <summary>True while it tells of every change.</summary>
    internal bool IsListening => source.IsListening;

    /// <summary>
    /// A number that is another after every change that answers may tell of, by whichever process; null where it can't be told cheaply.
    /// </summary>
    public long? Version() => source.Version();

    /// <summary>What the database says of its own files: "ok", or their faults.</summary>
    public string CheckIntegrity() => Explained(source.CheckIntegrity);

    /// <summary>Which database it is, for a person.</summary>
    public string Describe() => Explained(source.Describe);

    private T Explained<T>(Func<T> question)
    {
        try
        {
            return question();
        }
        catch (DbException e)
        {
            throw source.Explain(e);
        }
    }
}
