using System.Text.Json.Serialization;

namespace McpI2V.Providers.Luma;

/// <summary>A generation as Luma tells of it (docs.agents.lumalabs.ai, API reference, 2026-11).</summary>
internal sealed record LumaGeneration
{
    /// <summary>queued, processing, completed, failed.</summary>
    public string? State { get; init; }

    /// <summary>Addresses that are good for an hour; each look makes new ones.</summary>
    public LumaOutput?[]? Output { get; init; }

    public string? FailureReason { get; init; }

    public string? FailureCode { get; init; }
}

/// <summary>One result.</summary>
internal sealed record LumaOutput(string? Url);

[JsonSerializable(typeof(LumaGeneration))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class LumaJson : JsonSerializerContext;
