using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Gemini;

/// <summary>What tokens cost, by the rates in the model's row (dollars a million).</summary>
internal static class GeminiTokens
{
    /// <summary>The cost of a request.</summary>
    /// <param name="order">The order, for the rates.</param>
    /// <param name="input">Tokens that went in.</param>
    /// <param name="media">Tokens of pictures or video that came out.</param>
    /// <param name="text">Tokens of text and thought that came out.</param>
    public static decimal Usd(GenerationOrder order, long input, long media, long text)
    {
        var rates = JsonWire.FromOrder(order).OwnWords(GeminiJson.Default.GeminiWire);
        return decimal.Round(
            ((rates.InputUsdPerMillion * input) + (rates.OutputUsdPerMillion * media) + (rates.TextUsdPerMillion * text)) / 1_000_000m,
            6);
    }

    /// <summary>A number of an object; 0 if it is not there.</summary>
    public static long Count(JsonNode? usage, string name) =>
        (usage as JsonObject)?[name] is JsonValue value && value.TryGetValue<long>(out var count) ? count : 0;
}
