using System.Text.Json.Nodes;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Library;

/// <summary>An immutable media file with everything that is known of it.</summary>
public sealed record Asset
{
    /// <summary>Its handle.</summary>
    public required AssetHandle Handle { get; init; }

    /// <summary>Its file, relative to the media folder.</summary>
    public required string File { get; init; }

    /// <summary>Its format.</summary>
    public required MediaFormat Format { get; init; }

    /// <summary>Its size as it is seen; zero for sound.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>EXIF orientation of a still; 1 otherwise.</summary>
    public int Orientation { get; init; } = 1;

    /// <summary>True for a still with transparency.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>Its length; zero for a still.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Frames a second; zero for stills and sound.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>True if a clip has sound.</summary>
    public bool HasAudio { get; init; }

    /// <summary>Size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>SHA-256 of its bytes in lower-case hexadecimal.</summary>
    public required string Sha256 { get; init; }

    /// <summary>A few words for people.</summary>
    public required string Title { get; init; }

    /// <summary>What it was made from; null for an import.</summary>
    public AssetHandle? Parent { get; init; }

    /// <summary>The clip that was seen before this one was made, which undoing goes back to; null: none.</summary>
    public AssetHandle? Before { get; init; }

    /// <summary>What made it: import, generate, animate, edit, assemble, export, frame, placeholder.</summary>
    public required string Operation { get; init; }

    /// <summary>The model that made it; null for an import.</summary>
    public string? Model { get; init; }

    /// <summary>The prompt it was made with.</summary>
    public string? Prompt { get; init; }

    /// <summary>The seed it was made with.</summary>
    public long? Seed { get; init; }

    /// <summary>Every asset that went into it.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The clip that its recipe begins from; null for a clip that is its own master.</summary>
    public AssetHandle? Master { get; init; }

    /// <summary>The local edits that lead from the master to this clip.</summary>
    public JsonArray Recipe { get; init; } = [];

    /// <summary>True if the captions of this clip lie beside it as subtitles.</summary>
    public bool HasCaptionsBeside => Operation == "export" && Recipe.Any(s => s!["op"]?.ToString() == "captions");

    /// <summary>What was measured of it, with advice.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>What it cost.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>The job that made it; null for an import.</summary>
    public long? Job { get; init; }

    /// <summary>The provider's conversation that made it, to go on with; null: none.</summary>
    public string? Thread { get; init; }

    /// <summary>When it came into the library.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Whose it is: they alone change what is said of it, besides who may change everything.</summary>
    public string Owner { get; init; } = Engine.Owner.OfThisMachine;

    /// <summary>What people have said of it.</summary>
    public AssetMarks Marks { get; init; } = AssetMarks.None;

    /// <summary>Its dominant colours, the largest first; null until they are measured.</summary>
    public IReadOnlyList<ColourShare>? Colours { get; init; }

    /// <summary>How a clip's numbers are to be read.</summary>
    public ColourTags Tags { get; init; } = ColourTags.Standard;

    /// <summary>Its address as a resource.</summary>
    public string Uri => $"i2v://assets/{Handle}";
}
