using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>A provider's places: how many tasks are at the vendor, and until when it asked to be left alone.</summary>
internal sealed class ProviderSlots(IProvider provider, TimeProvider time)
{
    private readonly Lock gate = new();
    private int taken;
    private DateTimeOffset closedUntil;

    /// <summary>The provider.</summary>
    public IProvider Provider => provider;

    /// <summary>Takes a place; false if the vendor has as many tasks as it takes.</summary>
    public bool TryTake()
    {
        lock (gate)
        {
            if (taken >= provider.Limits.MaxConcurrent || time.GetUtcNow() < closedUntil)
            {
                return false;
            }
            taken++;
            return true;
        }
    }

    /// <summary>Takes a place for a task that is at the vendor already, whatever the limit says.</summary>
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

    /// <summary>The vendor is busy: nothing new is sent for a while.</summary>
    public void Close(TimeSpan howLong)
    {
        lock (gate)
        {
            var until = time.GetUtcNow() + howLong;
            closedUntil = until > closedUntil ? until : closedUntil;
        }
    }

    /// <summary>How long it is still closed.</summary>
    public TimeSpan ClosedFor
    {
        get
        {
            lock (gate)
            {
                var left = closedUntil - time.GetUtcNow();
                return left > TimeSpan.Zero ? left : TimeSpan.Zero;
            }
        }
    }
}
