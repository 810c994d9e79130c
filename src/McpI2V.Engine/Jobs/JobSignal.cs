namespace McpI2V.Engine.Jobs;

/// <summary>Wakes whoever waits for jobs in this process; those in other processes look at the rows a few times a second.</summary>
public sealed class JobSignal
{
    private TaskCompletionSource next = New();

    /// <summary>Wakes all who wait.</summary>
    public void Pulse() => Interlocked.Exchange(ref next, New()).TrySetResult();

    /// <summary>Completes at the next pulse or after a while, whichever is first.</summary>
    public async Task WaitAsync(TimeSpan atMost, TimeProvider time, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(Volatile.Read(ref next).Task, Task.Delay(atMost, time, stop.Token));
        await stop.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
