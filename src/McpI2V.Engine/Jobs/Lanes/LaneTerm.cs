namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>One lane for as long as this process runs it.</summary>
internal sealed class LaneTerm(string lane, string provider, LaneLease held) : IDisposable
{
    private readonly CancellationTokenSource ending = new();
    private string? said;

    /// <summary>The lane.</summary>
    public string Lane => lane;

    /// <summary>Its provider.</summary>
    public string Provider => provider;

    /// <summary>The term that every write carries.</summary>
    public long Term => held.Term;

    /// <summary>Ends with the term, however that ends: what runs then goes on with the next holder, and is not canceled.</summary>
    public CancellationToken Ending => ending.Token;

    /// <summary>Tells what keeps the whole lane from going on; null: nothing any more.</summary>
    public void Say(TermStore terms, string? what)
    {
        if (what != said)
        {
            terms.Say(Term, what);
            said = what;
        }
    }

    /// <summary>Ends the term.</summary>
    public Task EndAsync() => ending.CancelAsync();

    /// <summary>Lets go of the lane.</summary>
    public void Dispose()
    {
        held.Dispose();
        ending.Dispose();
    }
}
