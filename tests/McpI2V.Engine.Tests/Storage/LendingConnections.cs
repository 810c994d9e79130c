using System.Collections.Concurrent;
using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>The pool lends a connection to one at a time: two in one transaction could pay twice or lose what was paid.</summary>
public sealed class LendingConnections : IDisposable
{
    private const int Callers = 16;
    private const int Rounds = 100_000;
    private readonly LibraryOptions options = new() { Home = Directory.CreateTempSubdirectory("i2v-engine-").FullName };

    [Fact]
    public void Nobody_is_lent_a_connection_that_another_has()
    {
        using var source = new SqliteSource(options);
        ConcurrentDictionary<object, int> held = [];
        var (twice, rounds) = (0, 0);

        // They come and go as they like, and hold what they have for a moment.
        var threads = Enumerable.Range(0, Callers).Select(_ => new Thread(ComeAndGo)).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());

        Assert.Equal(0, twice);

        void ComeAndGo()
        {
            while (rounds < Rounds && twice == 0)
            {
                using var connection = source.Open();
                if (!held.TryAdd(connection.Handle!, 0))
                {
                    Interlocked.Increment(ref twice);
                    return;
                }
                if (Interlocked.Increment(ref rounds) % 50 == 0)
                {
                    // What is in the pool is closed: the next ones are made, or taken back from who seems to have lost theirs.
                    SqliteConnection.ClearPool(connection);
                }
                Thread.Yield();
                held.TryRemove(connection.Handle!, out _);
            }
        }
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(options.Home, recursive: true);
    }
}
