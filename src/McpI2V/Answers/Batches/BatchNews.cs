namespace McpI2V.Answers.Batches;

/// <summary>
/// What of a batch was told to whom, so that a look at it tells what is new. Kept in memory: whoever comes after a restart is told anew.
/// </summary>
internal sealed class BatchNews
{
    private const int MostKept = 500;
    private readonly Lock changing = new();
    private readonly Dictionary<(string Listener, long Batch), HashSet<string>> told = [];

    /// <summary>What was not told yet, and is from now on.</summary>
    /// <param name="listener">Who is told; null: nobody who is remembered.</param>
    /// <param name="batch">The batch.</param>
    /// <param name="things">What there is to tell, in order.</param>
    /// <param name="nameOf">What a thing is remembered by.</param>
    public IReadOnlyList<T> New<T>(string? listener, long batch, IReadOnlyList<T> things, Func<T, string> nameOf)
    {
        if (listener is null)
        {
            return things;
        }
        lock (changing)
        {
            if (!told.TryGetValue((listener, batch), out var known))
            {
                if (told.Count >= MostKept)
                {
                    told.Clear();
                }
                told[(listener, batch)] = known = new HashSet<string>(StringComparer.Ordinal);
            }
            return [.. things.Where(t => known.Add(nameOf(t)))];
        }
    }
}
