using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library.Uploads;

/// <summary>One file that may be sent, once, until a time.</summary>
public sealed record UploadOffer
{
    /// <summary>Its unguessable name.</summary>
    public required string Id { get; init; }

    /// <summary>Who was asked for it: the file takes their places.</summary>
    public required string Owner { get; init; }

    /// <summary>What the caller called the file.</summary>
    public required string Name { get; init; }

    /// <summary>What it must be; null: any media.</summary>
    public MediaKind? Kind { get; init; }

    /// <summary>The most bytes it may have.</summary>
    public required long MaxBytes { get; init; }

    /// <summary>Until when it may be sent.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What became of it; null: nothing was sent yet.</summary>
    public AssetHandle? Asset { get; init; }

    /// <summary>What stands for the file in a call, before and after it was sent: <c>upload:...</c>.</summary>
    public string Reference => UploadStore.Prefix + Id;
}
