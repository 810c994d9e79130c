namespace McpI2V.Media.Processes;

/// <summary>
/// Lets so many in at once. Those who wait stand in a line for each caller, and a place that is left goes to the caller whose
/// turn it is: who asks for eighty keeps nobody waiting behind all eighty.
/// </summary>
internal sealed class FairGate(int places)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<TaskCompletionSource>> lines = new(StringComparer.Ordinal);
    private readonly Queue<string> turns = new();
    private int free = places;

    /// <summary>Waits for a place; disposing it leaves.</summary>
    /// <exception cref="OperationCanceledException">The wait was canceled.</exception>
    public async Task<IDisposable> EnterAsync(string caller, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource turn;
        lock (gate)
        {
            if (free > 0)
            {
                free--;
                return new Place(this);
            }
            turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (!lines.TryGetValue(caller, out var line))
            {
                lines[caller] = line = new();
                turns.Enqueue(caller);
            }
            line.Enqueue(turn);
        }
        await using var giveUp = cancellationToken.Register(() => turn.TrySetCanceled(cancellationToken));
        await turn.Task;
        return new Place(this);
    }

    private void Leave()
    {
        lock (gate)
        {
            while (turns.TryDequeue(out var caller))
            {
                var line = lines[caller];
                // Those who gave up are passed over.
                var isTaken = false;
                while (!isTaken && line.TryDequeue(out var next))
                {
                    isTaken = next.TrySetResult();
                }
                if (line.Count > 0)
                {
                    turns.Enqueue(caller);
                }
                else
                {
                    lines.Remove(caller);
                }
                if (isTaken)
                {
                    return;
                }
            }
            free++;
        }
    }

    private sealed class Place(FairGate gate) : IDisposable
    {
        private int isLeft;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isLeft, 1) == 0)
            {
                gate.Leave();
            }
        }
    }
}
