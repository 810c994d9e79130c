using System.Text.Json.Serialization;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue;

/// <summary>One model: what it can do and what it costs, with where and when that was read.</summary>
/// <remarks>Members with a value of their own have a setter: the generated serializer would overwrite one that is only
/// initialised.</remarks>
public sealed record ModelEntry
{
    /// <summary>The provider of models that are part of the program.</summary>
    public const string EmbeddedProvider = "local";

    /// <summary><c>provider:the vendor's own id</c>.</summary>
    public required string Id { get; init; }

    /// <summary>A short name: whoever has it and makes the same for less, unless <c>Routes:Order</c> says otherwise.</summary>
    public required string Alias { get; init; }

    /// <summary>The provider's name.</summary>
    public required string Provider { get; init; }

    /// <summary>True if it is part of the program: free, and done here.</summary>
    [JsonIgnore]
    public bool IsEmbedded => Provider == EmbeddedProvider;

    /// <summary>True of the id of a model that is not part of the program; false where there is none.</summary>
    public static bool IsGenerative(string? id) => id is not null && !id.StartsWith(EmbeddedProvider + ":", StringComparison.Ordinal);

    /// <summary>What it can be asked for; the first is what it is for.</summary>
    [JsonPropertyName("kinds")]
    public required Capability[] Capabilities { get; init; }

    /// <summary>What it does, in a sentence or two.</summary>
    public string Summary { get; set; } = "";

    /// <summary>What is known of its licence: what it was trained on, who may use it, and where. Empty: nothing is.</summary>
    public string Licence { get; set; } = "";

    /// <summary>True if its maker says that it was trained on licensed content alone, for commercial use.</summary>
    public bool CommerciallySafe { get; init; }

    /// <summary>Which frames it takes: first, last, references.</summary>
    public string[] Frames { get; set; } = [];

    /// <summary>What a request must bring: last, references, clip (that music is composed for). Empty: only what its kind brings.</summary>
    public string[] Needs { get; set; } = [];

    /// <summary>The lengths it makes; null for stills.</summary>
    public DurationRange? DurationsSeconds { get; init; }

    /// <summary>The resolutions it makes.</summary>
    public string[] Resolutions { get; set; } = [];

    /// <summary>The ratios it makes.</summary>
    public string[] AspectRatios { get; set; } = [];

    /// <summary>none, native (always), optional or kept.</summary>
    public string Audio { get; set; } = "none";

    /// <summary>The voices it speaks with, as `voice` names them; empty: one of its own, or none.</summary>
    public string[] Voices { get; set; } = [];

    /// <summary>The most reference stills that it takes.</summary>
    public int MaxReferences { get; init; }

    /// <summary>What it takes references for; null: all that it can.</summary>
    [JsonPropertyName("reference_kinds")]
    public Capability[]? TakesReferencesFor { get; init; }

    /// <summary>The most results of one request; more are asked for in further requests.</summary>
    public int MaxCount { get; set; } = 1;

    /// <summary>The longest prompt, in UTF-16 units.</summary>
    public int PromptLimit { get; set; } = 4000;

    /// <summary>What it is for. "auto" takes the first that serves the wanted quality.</summary>
    public EncodeQuality[] Quality { get; set; } = [EncodeQuality.Draft, EncodeQuality.Standard, EncodeQuality.Best];

    /// <summary>Options of its own; null: any is passed on.</summary>
    public string[]? Options { get; init; }

    /// <summary>How many days its provider remembers a conversation, to go on with; 0: it has none.</summary>
    public double ThreadDays { get; init; }

    /// <summary>What its provider takes in.</summary>
    public InputLimits Inputs { get; set; } = new();

    /// <summary>True if it brings its input to the wanted ratio itself.</summary>
    public bool Reframes { get; init; }

    /// <summary>How its provider is asked for it.</summary>
    public WireMapping? Wire { get; init; }

    /// <summary>What it costs.</summary>
    public required Price Price { get; init; }

    /// <summary>How long one usually takes.</summary>
    public double TypicalSeconds { get; init; }

    /// <summary>The day it was or will be shut down; null: none is known.</summary>
    public string? RetiredOn { get; init; }

    /// <summary>For a retired model: the alias of the nearest living one.</summary>
    public string? Instead { get; init; }

    /// <summary>Where the facts were read.</summary>
    public string Source { get; set; } = "";

    /// <summary>When they were read.</summary>
    public string AsOf { get; set; } = "";
}
