using Microsoft.Data.Sqlite;

namespace McpI2V.Engine.Storage.Sqlite;

/// <summary>
/// A connection that comes from the pool and goes back to it while no other does: the pool takes one that is just being lent or returned
/// for lost, and then lends it to two at once (dotnet/efcore issue 39008, read 2026-12-02).
/// </summary>
internal sealed class PooledConnection(string where) : SqliteConnection(where)
{
    // There is one pool for each file in a process.
    private static readonly Lock Gate = new();

    /// <inheritdoc/>
    public override void Open()
    {
        lock (Gate)
        {
            base.Open();
        }
    }

    /// <inheritdoc/>
    public override void Close()
    {
        lock (Gate)
        {
            base.Close();
        }
    }
}
