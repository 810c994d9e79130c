using System.Text.Json.Nodes;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Sound;

/// <summary>A change of a clip that may caption what is spoken in it.</summary>
/// <param name="Clip">The clip as it is seen now.</param>
/// <param name="Change">The change.</param>
/// <param name="Options">The model's own options; <c>language</c> among them is ours.</param>
/// <param name="Model">The model's id or alias; null: the router chooses.</param>
/// <param name="MostUsd">What hearing may cost; null: no bound.</param>
/// <param name="IsFresh">True to have it heard anew.</param>
public sealed record SpokenCaptionsOrder(
    Asset Clip,
    RecipeChange Change,
    JsonObject Options,
    string? Model,
    decimal? MostUsd,
    bool IsFresh);
