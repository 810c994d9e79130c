using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Jobs;

/// <summary>A finished file that is to become an asset.</summary>
public sealed record ProducedFile
{
    /// <summary>Where it lies, in the job's work folder.</summary>
    public required string Path { get; init; }

    /// <summary>Its format.</summary>
    public required MediaFormat Format { get; init; }

    /// <summary>Its size; zero for sound.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>Its length; zero for a still.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Frames a second; zero for a still.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>True if a clip has sound.</summary>
    public bool HasAudio { get; init; }

    /// <summary>True if a still is transparent in places.</summary>
    public bool HasAlpha { get; init; }

    /// <summary>A few words, also for the file's name.</summary>
    public required string Title { get; init; }

    /// <summary>What made it.</summary>
    public required string Operation { get; init; }

    /// <summary>What it was made from.</summary>
    public AssetHandle? Parent { get; init; }

    /// <summary>The clip that was seen before it; null: none.</summary>
    public AssetHandle? Before { get; init; }

    /// <summary>Every asset that went into it.</summary>
    public IReadOnlyList<string> Inputs { get; init; } = [];

    /// <summary>The prompt.</summary>
    public string? Prompt { get; init; }

    /// <summary>The seed.</summary>
    public long? Seed { get; init; }

    /// <summary>The clip its recipe begins from.</summary>
    public AssetHandle? Master { get; init; }

    /// <summary>The local edits from the master.</summary>
    public JsonArray Recipe { get; init; } = [];

    /// <summary>Measurements.</summary>
    public IReadOnlyList<Check> Checks { get; init; } = [];

    /// <summary>Dominant colours of a still; null where nobody measured them.</summary>
    public IReadOnlyList<ColourShare>? Colours { get; init; }

    /// <summary>How a clip's numbers are to be read.</summary>
    public ColourTags Tags { get; init; } = ColourTags.Standard;

    /// <summary>The provider's conversation that made it; null: none.</summary>
    public string? Thread { get; init; }

    /// <summary>Where its subtitles lie, which go beside it; null: none.</summary>
    public string? Subtitles { get; init; }

    /// <summary>What it cost.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>A copy of an asset's file, as what the asset was made as.</summary>
    /// <param name="made">The asset.</param>
    /// <param name="path">The copy.</param>
    /// <param name="title">Its title.</param>
    public static ProducedFile CopyOf(Asset made, string path, string title) => new()
    {
        Path = path,
        Format = made.Format,
        Size = made.Size,
        Duration = made.Duration,
        FramesPerSecond = made.FramesPerSecond,
        HasAudio = made.HasAudio,
        HasAlpha = made.HasAlpha,
        Title = title,
        Operation = made.Operation,
        Parent = made.Parent,
        Before = made.Before,
        Inputs = made.Inputs,
        Prompt = made.Prompt,
        Seed = made.Seed,
        Master = made.Master,
        Recipe = made.Recipe,
        Checks = made.Checks,
        Colours = made.Colours,
        Tags = made.Tags,
    };
}
