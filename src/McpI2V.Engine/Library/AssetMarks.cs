namespace McpI2V.Engine.Library;

/// <summary>What people have said of an asset since it was made; its file never changes.</summary>
public sealed record AssetMarks
{
    /// <summary>Nobody has said anything.</summary>
    public static AssetMarks None { get; } = new();

    /// <summary>True if it was starred.</summary>
    public bool IsStarred { get; init; }

    /// <summary>A note; null: none.</summary>
    public string? Note { get; init; }

    /// <summary>keep or reject; null: not judged.</summary>
    public string? Verdict { get; init; }

    /// <summary>Since when lists leave it out; null: they show it.</summary>
    public DateTimeOffset? HiddenAt { get; init; }

    /// <summary>Since when it is in the bin; null: it is not.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>True once the bin has removed its file.</summary>
    public bool IsPurged { get; init; }
}
