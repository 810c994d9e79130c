using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.OpenAI;

/// <summary>What an answer cost, by its tokens and the rates in the model's row.</summary>
internal static class OpenAICost
{
    /// <summary>
    /// The cost; null where the answer tells no tokens. usage.input_tokens_details splits what went in; output tokens are those of pictures
    /// (openai 7.55.0, images.d.ts).
    /// </summary>
    public static decimal? Of(GenerationOrder order, JsonNode? usage)
    {
        if (usage is not JsonObject)
        {
            return null;
        }
        var rates = JsonWire.FromOrder(order).OwnWords(OpenAIJson.Default.OpenAIWire);
        var (text, image) = (Count(usage["input_tokens_details"], "text_tokens"), Count(usage["input_tokens_details"], "image_tokens"));
        text = text + image == 0 ? Count(usage, "input_tokens") : text;
        return decimal.Round(
            ((text * rates.TextInUsdPerMillion) + (image * rates.ImageInUsdPerMillion) +
                (Count(usage, "output_tokens") * rates.ImageOutUsdPerMillion)) / 1_000_000m,
            6);
    }

    private static long Count(JsonNode? node, string name) =>
        (node as JsonObject)?[name] is JsonValue value && value.TryGetValue<long>(out var count) ? count : 0;
}
