using System.Text.Json.Nodes;

namespace McpI2V.Engine.Editing;

/// <summary>A clip's recipe after a change, with handles for what it refers to.</summary>
public sealed record EditedRecipe
{
    /// <summary>Every step, from the master on.</summary>
    public required JsonArray Steps { get; init; }

    /// <summary>The steps that follow the clip's own; null if its own were changed.</summary>
    public JsonArray? Further { get; init; }

    /// <summary>The steps that the change adds, as it says them.</summary>
    public required JsonArray Added { get; init; }

    /// <summary>What was done otherwise than a reader of the call would expect, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
