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
    internal T Read<T>(Func<SqlSession, T> read) => Explained(() => source.Run(read, writes: false));

    /// <summary>Writes inside one transaction that is on the disk when this returns, or did not happen.</summary>
    internal T Write<T>(Func<SqlSession, T> write) => Explained(() => source.Run(write, writes: true));

    /// <summary>A number that is another after every change of a row, by whichever process; null where it can't be told cheaply.</summary>
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
