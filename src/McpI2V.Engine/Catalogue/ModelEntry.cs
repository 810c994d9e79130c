namespace McpI2V.Engine.Catalogue;

/// <summary>One model: what it can do and what it costs, with where and when that was read.</summary>
public sealed record ModelEntry
{
    /// <summary><c>provider:the vendor's own id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A short name; whichever configured provider has it, in order.</summary>
    public required string Alias { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>text_to_image, image_edit, image_to_video, video_edit, video_extend, lip_sync, upscale, video_operations.</summary>
    public required string[] Kinds { get; init; }

    /// <summary>What it does, in a sentence or two.</summary>
    public string Summary { get; init; } = "";

    /// <summary>Which frames it takes: first, last, references.</summary>
    public string[] Frames { get; init; } = [];

    /// <summary>The lengths it makes; null for stills.</summary>
    public DurationRange? DurationsSeconds { get; init; }

    /// <summary>The resolutions it makes.</summary>
    public string[] Resolutions { get; init; } = [];

    /// <summary>The ratios it makes.</summary>
    public string[] AspectRatios { get; init; } = [];

    /// <summary>none, native or kept.</summary>
    public string Audio { get; init; } = "none";

    /// <summary>What it costs.</summary>
    public required Price Price { get; init; }

    /// <summary>How long one usually takes.</summary>
    public double TypicalSeconds { get; init; }

    /// <summary>The day it was or will be shut down; null: none is known.</summary>
    public string? RetiredOn { get; init; }

    /// <summary>Where the facts were read.</summary>
    public string Source { get; init; } = "";

    /// <summary>When they were read.</summary>
    public string AsOf { get; init; } = "";
}
