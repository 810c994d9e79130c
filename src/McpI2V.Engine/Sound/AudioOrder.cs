using System.Text.Json.Nodes;

namespace McpI2V.Engine.Sound;

/// <summary>A sound as it is asked for.</summary>
public sealed record AudioOrder
{
    /// <summary>What is to be heard.</summary>
    public required SoundKind Kind { get; init; }

    /// <summary>The words to speak; empty: none.</summary>
    public string Text { get; init; } = "";

    /// <summary>What music or an effect is like; empty: not said.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Who speaks; null: whoever usually does.</summary>
    public string? Voice { get; init; }

    /// <summary>The length in seconds; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The mood, in words.</summary>
    public string? Mood { get; init; }

    /// <summary>The tempo, in words or beats a minute.</summary>
    public string? Tempo { get; init; }

    /// <summary>The model's own options; <c>language</c> among them is ours.</summary>
    public JsonObject Options { get; init; } = [];

    /// <summary>The model's id or alias; null: the router chooses.</summary>
    public string? Model { get; init; }

    /// <summary>What it may cost; null: no bound.</summary>
    public decimal? MostUsd { get; init; }

    /// <summary>The seed.</summary>
    public long? Seed { get; init; }
}
