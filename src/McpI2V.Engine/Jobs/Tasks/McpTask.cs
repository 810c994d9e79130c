namespace McpI2V.Engine.Jobs.Tasks;

/// <summary>A call of a tool that its client follows by a name, past the connection and the process that took it.</summary>
public sealed record McpTask
{
    /// <summary>Its name: unguessable.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is; nobody else finds it.</summary>
    public required string Owner { get; init; }

    /// <summary>The tool that was called.</summary>
    public required string Tool { get; init; }

    /// <summary>Its arguments as JSON.</summary>
    public required string Arguments { get; init; }

    /// <summary>The number of the question that is open, or was last.</summary>
    public long Question { get; init; }

    /// <summary>The price that the open question asks about; null: none is open.</summary>
    public decimal? AsksUsd { get; init; }

    /// <summary>The open question in words.</summary>
    public string? Asks { get; init; }

    /// <summary>The folders that the client shared when the question was opened.</summary>
    public IReadOnlyList<string> Folders { get; init; } = [];

    /// <summary>The price that the user has agreed to; null: none.</summary>
    public decimal? GrantedUsd { get; init; }

    /// <summary>True once the user has said no.</summary>
    public bool IsDeclined { get; init; }

    /// <summary>The job that it asked for.</summary>
    public long? Job { get; init; }

    /// <summary>The batch that it asked for.</summary>
    public long? Batch { get; init; }

    /// <summary>Its answer, where it ended without a job; as it goes to the client.</summary>
    public string? Outcome { get; init; }

    /// <summary>True if it was canceled before it had a job.</summary>
    public bool IsCanceled { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed by itself; its job has times of its own.</summary>
    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>True once it has a job or a batch.</summary>
    public bool HasWork => Job is not null || Batch is not null;
}
