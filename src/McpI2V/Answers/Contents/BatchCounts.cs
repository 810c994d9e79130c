namespace McpI2V.Answers.Contents;

/// <summary>How the variants of a batch stand.</summary>
internal sealed record BatchCounts
{
    /// <summary>Waiting.</summary>
    public int Queued { get; init; }

    /// <summary>At work.</summary>
    public int Running { get; init; }

    /// <summary>Done.</summary>
    public int Succeeded { get; init; }

    /// <summary>Without a result.</summary>
    public int Failed { get; init; }

    /// <summary>Canceled.</summary>
    public int Canceled { get; init; }

    /// <summary>Of which nobody knows whether the provider took them; check_job looks again.</summary>
    public int Unconfirmed { get; init; }
}
