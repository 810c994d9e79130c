namespace McpI2V.Http.Requests;

/// <summary>A number of places for each caller: what one of them takes is missing to nobody else.</summary>
internal sealed class CallerPlaces(int most)
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, int> taken = new(StringComparer.Ordinal);

    /// <summary>A place, until it is disposed; null where the caller has as many as there are.</summary>
    public IDisposable? TryTake(string caller)
    {
        lock (gate)
        {
            var now = taken.GetValueOrDefault(caller);
            if (now >= most)
            {
                return null;
            }
            taken[caller] = now + 1;
            return new Place(this, caller);
        }
    }

    private void GiveBack(string caller)
    {
        lock (gate)
        {
            if (--taken[caller] == 0)
            {
                taken.Remove(caller);
            }
        }
    }

    private sealed class Place(CallerPlaces places, string caller) : IDisposable
    {
        private int isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isGiven, 1) == 0)
            {
                places.GiveBack(caller);
            }
        }
    }
}
