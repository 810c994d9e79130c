using System.Text.Json;

namespace McpI2V.Engine.Editing;

/// <summary>What is changed of a recipe. Steps are numbered from 1, as answers tell them, all before anything is changed.</summary>
public sealed record RecipeChange
{
    /// <summary>Changes nothing.</summary>
    public static RecipeChange None { get; } = new();

    /// <summary>A step that becomes another, and what it becomes; null: none.</summary>
    public (int Step, JsonElement Operation)? Replace { get; init; }

    /// <summary>Steps that are taken out.</summary>
    public IReadOnlyList<int> Remove { get; init; } = [];

    /// <summary>A step that goes to another place, and the number that it has afterwards; null: none.</summary>
    public (int Step, int To)? Move { get; init; }

    /// <summary>Steps that are added at the end.</summary>
    public IReadOnlyList<JsonElement> Add { get; init; } = [];

    /// <summary>True if steps that are there are changed.</summary>
    public bool Rewrites => Replace is not null || Remove.Count > 0 || Move is not null;

    /// <summary>True if it changes nothing.</summary>
    public bool IsEmpty => !Rewrites && Add.Count == 0;
}
