using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Jobs;

/// <summary>
/// Wakes whoever waits for jobs: in this process at once, in others as soon as the database tells them; where it tells nobody, rows are
/// looked at a few times a second.
/// </summary>
/// <param name="database">The database, which is not opened before somebody listens; null: nobody is told by it.</param>
public sealed class JobSignal(Lazy<LibraryDatabase>? database = null)
{
    private static readonly TimeSpan LookAnyway = TimeSpan.FromSeconds(1);
    private TaskCompletionSource next = New();
    private LibraryDatabase? heard;

    /// <summary>Begins to be told of what other processes change.</summary>
    public void Listen()
    {
        heard = database?.Value;
        heard?.Listen(Pulse);
    }

    /// <summary>Completes at the next pulse. Taken before one looks, so that nothing is missed that happens while one does.</summary>
    public Task Next => Volatile.Read(ref next).Task;

    /// <summary>Wakes all who wait.</summary>
    public void Pulse() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>How often rows are looked at by one who is woken.</summary>
    /// <param name="untold">How often where nobody tells of changes.</param>
    public TimeSpan LookEvery(TimeSpan untold) => heard?.IsListening == true && untold < LookAnyway ? LookAnyway : untold;

    /// <summary>Completes at a pulse or after a while, whichever is first.</summary>
    public static async Task WaitAsync(Task pulse, TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(pulse, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
