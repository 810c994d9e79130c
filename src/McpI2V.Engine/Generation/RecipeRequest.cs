using System.Text.Json.Nodes;

namespace McpI2V.Engine.Generation;

/// <summary>A clip to be rendered from its master by a recipe.</summary>
public sealed record RecipeRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "recipe";

    /// <summary>Stands in a step for what the job before it makes.</summary>
    public const string MadeBefore = "made-before";

    /// <summary>The clip it is edited from, by handle; null: what the job before it makes.</summary>
    public string? Clip { get; init; }

    /// <summary>The edits to be added to the clip's own.</summary>
    public required JsonArray Operations { get; init; }

    /// <summary>edit, assemble or export.</summary>
    public required string Operation { get; init; }

    /// <summary>draft, standard or best.</summary>
    public string Quality { get; set; } = "standard";

    /// <summary>Written into the file's comment, such as an AI disclosure; null: nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>Every other asset that goes in.</summary>
    public string[] Inputs { get; set; } = [];
}
