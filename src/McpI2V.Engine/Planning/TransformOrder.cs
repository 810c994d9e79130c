using System.Text.Json.Nodes;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Planning;

/// <summary>A change of a clip by a model, as it is asked for.</summary>
public sealed record TransformOrder
{
    /// <summary>The clip as it is seen now.</summary>
    public required Asset Clip { get; init; }

    /// <summary>One change in plain language, the words to speak, or the sound to make; empty: none.</summary>
    public required string Instruction { get; init; }

    /// <summary>The recipe that follows the change.</summary>
    public required EditedRecipe Recipe { get; init; }

    /// <summary>Stills that show what the instruction means.</summary>
    public IReadOnlyList<Asset> References { get; init; } = [];

    /// <summary>A voice to speak to.</summary>
    public Asset? Audio { get; init; }

    /// <summary>The model's own options; <c>task</c>, <c>duration_seconds</c> and <c>resolution</c> among them are ours.</summary>
    public required JsonObject Options { get; init; }

    /// <summary>The model's id or alias; null: the router chooses.</summary>
    public string? Model { get; init; }

    /// <summary>What it may cost; null: no bound.</summary>
    public decimal? MostUsd { get; init; }

    /// <summary>How well it is encoded.</summary>
    public required EncodeQuality Quality { get; init; }

    /// <summary>The seed.</summary>
    public long? Seed { get; init; }
}
