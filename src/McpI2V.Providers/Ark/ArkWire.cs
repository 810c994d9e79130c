using System.Text.Json.Serialization;

namespace McpI2V.Providers.Ark;

/// <summary>What only Ark reads in a row's wire: a model's ids, and what the ledger settles to.</summary>
internal sealed record ArkWire
{
    /// <summary>The model's id at BytePlus ModelArk; the row's own unless set.</summary>
    public string? Byteplus { get; init; }

    /// <summary>The model's id at Volcengine Ark; without it a row of the program is not offered there.</summary>
    public string? Volcengine { get; init; }

    /// <summary>Dollars a million tokens of a clip, by resolution or `any`.</summary>
    public Dictionary<string, decimal>? UsdPerMillion { get; init; }
}

[JsonSerializable(typeof(ArkWire))]
[JsonSerializable(typeof(ArkTask))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class ArkJson : JsonSerializerContext;
