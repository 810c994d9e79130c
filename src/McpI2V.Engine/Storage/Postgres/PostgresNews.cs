using System.Data.Common;
using Npgsql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>
/// Hears of every change that any node commits, from the server (LISTEN), on a line of its own that is opened again when it breaks. As long
/// as it is there, the library's version is known without asking: it counts what was heard, and what was missed meanwhile as a change.
/// </summary>
internal sealed class PostgresNews(NpgsqlDataSource source, Action ensureSchema, TimeProvider time) : IDisposable
{
    /// <summary>Tells all who listen, when the transaction that this is part of is committed: <c>@node</c> did it.</summary>
    public const string Tell = $"pg_notify({Channel}, @node)";

    // Each library of a database has its own; a name has at most 63 letters.
    private const string Channel = "'mcp_i2v_' || md5(current_schema())";

    // A line that says nothing is asked whether it is there; one that was not heard for longer is not believed.
    private static readonly TimeSpan ProveEvery = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BelievedFor = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource ending = new();
    private readonly Lock gate = new();
    private Task listening = Task.CompletedTask;
    private Action? heard;
    private long version;
    private long provedAt;
    private volatile bool isOpen;

    /// <summary>By what name this node tells.</summary>
    public string Own { get; } = Guid.NewGuid().ToString("n");

    /// <summary>True while everything is heard.</summary>
    public bool IsHeard => isOpen && time.GetElapsedTime(Interlocked.Read(ref provedAt)) < BelievedFor;

    /// <summary>Another number after every change; null while not everything is heard.</summary>
    public long? Version => IsHeard ? Interlocked.Read(ref version) : null;

    /// <summary>Begins to listen, and calls back at every change; who comes later is called back as well.</summary>
    public void Listen(Action toCall)
    {
        lock (gate)
        {
            if (heard is null)
            {
                listening = Task.Run(() => ListenAsync(ending.Token));
            }
            heard += toCall;
        }
    }

    /// <summary>This node has changed something: nobody need tell it.</summary>
    public void HearOwn()
    {
        Interlocked.Increment(ref version);
        heard?.Invoke();
    }

    /// <summary>Ends it.</summary>
    public void Dispose()
    {
        ending.Cancel();
        _ = listening.ContinueWith(_ => ending.Dispose(), TaskScheduler.Default);
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        var pause = ShortestPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                ensureSchema();
                await using var connection = await source.OpenConnectionAsync(stop);
                connection.Notification += (_, told) => Hear(told.Payload);
                await BeginAsync(connection, stop);
                pause = ShortestPause;
                await StayAsync(connection, stop);
            }
            catch (Exception e) when (e is DbException or I2VException or IOException or TimeoutException or InvalidOperationException)
            {
                // Rows are looked at until the line is there again.
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            finally
            {
                isOpen = false;
            }
            heard?.Invoke();
            await Task.Delay(pause, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    private async Task BeginAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var ask = new NpgsqlCommand($"SELECT {Channel}", connection);
        var channel = (string)(await ask.ExecuteScalarAsync(stop))!;
        await using var listen = new NpgsqlCommand($"LISTEN {channel}", connection);
        await listen.ExecuteNonQueryAsync(stop);
        Prove();
        Interlocked.Increment(ref version);
        isOpen = true;
        heard?.Invoke();
    }

    private async Task StayAsync(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var question = new NpgsqlCommand("SELECT 1", connection) { CommandTimeout = (int)BelievedFor.TotalSeconds };
        while (true)
        {
            if (!await connection.WaitAsync(ProveEvery, stop))
            {
                await question.ExecuteScalarAsync(stop);
            }
            Prove();
        }
    }

    private void Hear(string node)
    {
        if (node != Own)
        {
            HearOwn();
        }
    }

    private void Prove() => Interlocked.Exchange(ref provedAt, time.GetTimestamp());
}
