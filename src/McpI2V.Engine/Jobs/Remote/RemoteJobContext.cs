using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>One job on its way through a provider, as long as this process looks after it.</summary>
internal sealed class RemoteJobContext(Job job, ProviderConcurrency concurrency, CancellationToken stop) : IDisposable
{
    private readonly CancellationTokenSource wake = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private readonly SemaphoreSlim nudge = new(0, 1);
    private int slotsHeld = 1;
    private long lookedAt;
    private bool hasLooked;

    /// <summary>The job as it was when it was last taken up.</summary>
    public Job Job { get; set; } = job;

    /// <summary>The provider's places.</summary>
    public ProviderConcurrency Concurrency => concurrency;

    /// <summary>True once the user has canceled it.</summary>
    public bool IsCancelRequested { get; private set; }

    /// <summary>True once the process is ending.</summary>
    public bool IsStopping => stop.IsCancellationRequested;

    /// <summary>Ends the work that may be begun again: when the process ends.</summary>
    public CancellationToken Stop => stop;

    /// <summary>Ends a wait: when the process ends, and when the user cancels the job.</summary>
    public CancellationToken Wake => wake.Token;

    /// <summary>The provider sent word: the next look is now.</summary>
    public void Nudge()
    {
        try
        {
            nudge.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is about to look anyway.
        }
    }

    /// <summary>Waits, until it is nudged or woken.</summary>
    /// <param name="howLong">At most so long.</param>
    /// <param name="time">The time.</param>
    /// <param name="token">Ends the wait.</param>
    public async Task WaitAsync(TimeSpan howLong, TimeProvider time, CancellationToken token)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(token);
        await Task.WhenAny(Task.Delay(howLong, time, over.Token), nudge.WaitAsync(over.Token));
        await over.CancelAsync();
        token.ThrowIfCancellationRequested();
    }

    /// <summary>
    /// Looks how a task stands, no sooner after the last look than the provider allows. Whatever goes wrong with a look, in
    /// whatever form the answer came, is a fault of that look and of nothing else.
    /// </summary>
    /// <exception cref="ProviderException">The question failed; the task is not touched by that.</exception>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, TimeProvider time)
    {
        var left = hasLooked ? concurrency.Provider.Limits.PollEvery - time.GetElapsedTime(lookedAt) : TimeSpan.Zero;
        if (left > TimeSpan.Zero)
        {
            await Task.Delay(left, time, stop);
        }
        try
        {
            return await concurrency.Provider.GetStatusAsync(task, order, stop);
        }
        catch (Exception e) when (e is not ProviderException && !stop.IsCancellationRequested)
        {
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                I2VException.FromDisk(e)?.Message ?? $"{concurrency.Provider.Name} answered with something that can't be read",
                Acceptance.Yes,
                e) { IsPassing = true };
        }
        finally
        {
            (lookedAt, hasLooked) = (time.GetTimestamp(), true);
        }
    }

    /// <summary>The user canceled it: whatever waits looks up.</summary>
    public void Cancel()
    {
        if (!IsCancelRequested)
        {
            IsCancelRequested = true;
            wake.Cancel();
        }
    }

    /// <summary>The provider has nothing more to do with it: another job may go.</summary>
    public void LeaveVendor()
    {
        if (Interlocked.Exchange(ref slotsHeld, 0) == 1)
        {
            concurrency.GiveBack();
        }
    }

    /// <summary>Gives back what is held.</summary>
    public void Dispose()
    {
        LeaveVendor();
        nudge.Dispose();
        wake.Dispose();
    }
}
