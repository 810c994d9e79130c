namespace McpI2V.Engine.Providers;

/// <summary>How a task stands at the provider.</summary>
public sealed record RemoteStatus
{
    /// <summary>waiting, working, done, failed, canceled or gone.</summary>
    public required RemoteState State { get; init; }

    /// <summary>0 to 1 where the provider says it; null: it does not.</summary>
    public double? Progress { get; init; }

    /// <summary>What it made.</summary>
    public IReadOnlyList<RemoteOutput> Outputs { get; init; } = [];

    /// <summary>What the provider charged; null: it does not say, the price list counts.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>The conversation, to go on with.</summary>
    public string? Thread { get; init; }

    /// <summary>The seed that the provider used.</summary>
    public long? Seed { get; init; }

    /// <summary>What the model itself said beside what it made, cleaned; null: nothing.</summary>
    public string? Says { get; init; }

    /// <summary>Why it failed; null unless it did.</summary>
    public ProviderException? Fault { get; init; }

    /// <summary>A task that waits for its turn.</summary>
    public static RemoteStatus Waiting => new() { State = RemoteState.Waiting };

    /// <summary>A task at work.</summary>
    public static RemoteStatus Working(double? progress = null) => new() { State = RemoteState.Working, Progress = progress };

    /// <summary>A task that the provider does not know, or not any more.</summary>
    public static RemoteStatus Gone => new() { State = RemoteState.Gone };

    /// <summary>A task that failed.</summary>
    public static RemoteStatus Failed(ProviderException fault, decimal? costUsd = null) => new()
    {
        State = RemoteState.Failed,
        Fault = fault,
        CostUsd = costUsd,
    };
}
