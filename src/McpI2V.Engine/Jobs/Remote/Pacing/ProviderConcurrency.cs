using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>A provider's places: how many tasks are at the provider, and for how long it asked to be left alone.</summary>
internal sealed class ProviderConcurrency(IProvider provider, TimeProvider time)
{
    private static readonly TimeSpan FirstKeyPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestKeyPause = TimeSpan.FromMinutes(2);
    private readonly Lock gate = new();
    private int taken;
    private long closedAt;
    private TimeSpan closedFor;
    private bool wasAccepted;
    private string? keyFault;
    private long keyAskedAt;
    private TimeSpan keyPause;

    /// <summary>The provider.</summary>
    public IProvider Provider => provider;

    /// <summary>Why nothing is sent that nobody waits for: the key was accepted before and is not any more; null: it is.</summary>
    public string? KeyFault
    {
        get
        {
            lock (gate)
            {
                return keyFault;
            }
        }
    }

    /// <summary>Takes a place; false if the provider has as many tasks as it takes.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            if (taken >= provider.Limits.MaxConcurrent || ClosedForNeedsLock > TimeSpan.Zero)
            {
                return false;
            }
            taken++;
            return true;
        }
    }

    /// <summary>How many more tasks than those of this process the provider takes.</summary>
    public int Free
    {
        get
        {
            lock (gate)
            {
                return provider.Limits.MaxConcurrent - taken;
            }
        }
    }

    /// <summary>Takes a place for a task that is at the provider already, whatever the limit says.</summary>
    public void TakeAnyway()
    {
        lock (gate)
        {
            taken++;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void GiveBack()
    {
        lock (gate)
        {
            taken--;
        }
    }

    /// <summary>The provider is busy: nothing new is sent for a while.</summary>
    public void Close(TimeSpan howLong)
    {
        lock (gate)
        {
            if (howLong > ClosedForNeedsLock)
            {
                (closedAt, closedFor) = (time.GetTimestamp(), howLong);
            }
        }
    }

    /// <summary>The provider took a request: the key is good.</summary>
    public void Accepted()
    {
        lock (gate)
        {
            (wasAccepted, keyFault) = (true, null);
        }
    }

    /// <summary>
    /// The provider does not accept the key. True if it did before: what waits is not failed then, but waits for the key; it was
    /// revoked, or the account has run dry, and either may be mended.
    /// </summary>
    public bool PauseForKey(string why)
    {
        lock (gate)
        {
            if (!wasAccepted)
            {
                return false;
            }
            if (keyFault is null)
            {
                (keyAskedAt, keyPause) = (time.GetTimestamp(), FirstKeyPause);
            }
            keyFault = why;
            return true;
        }
    }

    /// <summary>
    /// True once in a while as long as the key is not accepted: time to ask the provider, for nothing, whether it is again.
    /// </summary>
    public bool IsTimeToAskForKey()
    {
        lock (gate)
        {
            if (keyFault is null || time.GetElapsedTime(keyAskedAt) < keyPause)
            {
                return false;
            }
            keyAskedAt = time.GetTimestamp();
            keyPause = keyPause * 2 < LongestKeyPause ? keyPause * 2 : LongestKeyPause;
            return true;
        }
    }

    // Measured by a clock that nobody sets.
    private TimeSpan ClosedForNeedsLock =>
        closedFor - time.GetElapsedTime(closedAt) is { } left && left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
