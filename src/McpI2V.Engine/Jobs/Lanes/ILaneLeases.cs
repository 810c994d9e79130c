namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>Decides which of several processes on one library runs the jobs of a lane.</summary>
internal interface ILaneLeases
{
    /// <summary>True where several run a lane at once, each with jobs of its own: then what one leaves, another carries on.</summary>
    bool AreShared { get; }

    /// <summary>Begins a term of a lane; null: it is another's.</summary>
    LaneLease? TryTake(string lane, string provider);

    /// <summary>Begins a term of a lane that nobody runs; null: somebody does.</summary>
    LaneLease? TryTakeAlone(string lane, string provider);

    /// <summary>Shows that this process is awake: about once a second.</summary>
    void Beat();

    /// <summary>Looks whether others still are, and ends the terms of those who are not.</summary>
    void Watch();

    /// <summary>Leaves, so that nobody waits for this process.</summary>
    void Leave();
}

/// <summary>A term of a lane, until it is let go.</summary>
/// <param name="Term">Its number, which every write carries.</param>
/// <param name="LetGo">Lets it go.</param>
internal sealed record LaneLease(long Term, Action LetGo) : IDisposable
{
    /// <summary>Lets it go.</summary>
    public void Dispose() => LetGo();
}
