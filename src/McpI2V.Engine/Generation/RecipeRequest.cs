using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Generation;

/// <summary>A clip to be rendered from its master by a recipe.</summary>
public sealed record RecipeRequest : GenerationRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "recipe";

    /// <summary>Stands in a step for what the job before it makes.</summary>
    public const string MadeBefore = "made-before";

    /// <summary>The clip it is edited from, by handle; null: what the job before it makes.</summary>
    public string? Clip { get; init; }

    /// <summary>The edits to be added to the clip's own, or the whole recipe.</summary>
    public required JsonArray Operations { get; init; }

    /// <summary>True if the edits are the whole recipe of the clip's master; null: they are added.</summary>
    [JsonPropertyOrder(5)]
    public bool? IsWhole { get; init; }

    /// <summary>edit, assemble or export.</summary>
    public required string Operation { get; init; }

    /// <summary>Written into the file's comment, such as an AI disclosure; null: nothing.</summary>
    [JsonPropertyOrder(2)]
    public string? Comment { get; init; }

    /// <summary>What the file must be; null: what this program's clips are.</summary>
    [JsonPropertyOrder(5)]
    public Delivery? Delivery { get; init; }

    /// <summary>True if the file is what the job before it makes, under another name; null: it is rendered.</summary>
    [JsonPropertyOrder(5)]
    public bool? IsCopyOfBefore { get; init; }

    /// <summary>Every other asset that goes in, by handle.</summary>
    [JsonPropertyName("inputs")]
    [JsonPropertyOrder(2)]
    public string[] Further { get; set; } = [];

    /// <summary>The whole recipe of a clip that this makes of another.</summary>
    /// <exception cref="I2VException">It would have too many steps.</exception>
    public JsonArray RecipeOf(Asset clip) => IsWhole == true ? Operations.DeepClone().AsArray() : Recipes.Extend(clip, Operations);

    /// <inheritdoc/>
    [JsonIgnore]
    public override JsonObject Options { get; set; } = [];

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => JobKind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override RequestInputs Inputs => new() { Clip = Clip, References = Further };

    /// <inheritdoc/>
    public override ModelNeed Need(MediaLibrary library) => ModelNeed.Operations;
}
