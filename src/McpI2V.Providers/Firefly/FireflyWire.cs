using System.Text.Json.Serialization;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Firefly;

/// <summary>What only Firefly reads in a row's wire.</summary>
internal sealed record FireflyWire
{
    /// <summary>Options that stand in `videoSettings`, each with the values that it may have.</summary>
    public Dictionary<string, string[]>? Settings { get; init; }

    /// <summary>True where the price is that of a guessed operation: only contracts tell what one costs.</summary>
    public bool Guessed { get; init; }

    /// <summary>What an order's row says.</summary>
    public static FireflyWire Of(GenerationOrder order) => JsonWire.FromOrder(order).OwnWords(FireflyJson.Default.FireflyWire);
}

[JsonSerializable(typeof(FireflyWire))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class FireflyJson : JsonSerializerContext;
