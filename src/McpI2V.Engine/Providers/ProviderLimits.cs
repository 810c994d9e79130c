namespace McpI2V.Engine.Providers;

/// <summary>How a provider may be used.</summary>
public sealed record ProviderLimits
{
    /// <summary>Tasks at the provider at once, unless the user sets another number.</summary>
    public int MaxConcurrent { get; init; } = 5;

    /// <summary>The shortest time between two looks at one task, unless the user sets another.</summary>
    public TimeSpan PollEvery { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The longest time between two looks at one task.</summary>
    public TimeSpan PollAtMost { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>True if the provider can stop a task.</summary>
    public bool CanCancel { get; init; }

    /// <summary>True if a lost answer can be found again.</summary>
    public bool CanFind { get; init; }

    /// <summary>True if the provider never charges: an order whose answer was lost may be sent again.</summary>
    public bool IsFree { get; init; }

    /// <summary>
    /// How long the provider keeps a task and its results. What it does not have for the moment is asked for again until then: it is paid.
    /// </summary>
    public TimeSpan KeepsFor { get; init; } = TimeSpan.FromHours(24);

    /// <summary>After this time without the provider's last word a task is given up, its id named.</summary>
    public TimeSpan GiveUpAfter { get; init; } = TimeSpan.FromHours(24);
}
