using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>Answers that hold their pictures: <c>{data: [{b64_json}], usage}</c>, read from the file they were written to.</summary>
internal static class OpenAIAnswers
{
    /// <summary>The answer; null if there is none, or it is no JSON.</summary>
    public static async Task<Submission?> ReadAsync(GenerationOrder order)
    {
        if (await LenientJson.ReadAsync(order.AnswerFile) is not { } answer)
        {
            return null;
        }
        var pictures = Pictures(answer).Count();
        return new Submission(new RemoteTask(order.Key), new RemoteStatus
        {
            State = RemoteState.Done,
            CostUsd = Cost(order, answer["usage"]),
            Outputs = [.. Enumerable.Range(0, pictures).Select(i => new RemoteOutput(MediaKind.Still, null, order.AnswerFile, i))],
        });
    }

    /// <summary>Writes one picture to a file.</summary>
    public static async Task SaveAsync(RemoteOutput output, string path, CancellationToken cancellationToken)
    {
        var data = await LenientJson.ReadAsync(output.File, cancellationToken) is { } answer
            ? Pictures(answer).ElementAtOrDefault(output.Index)
            : null;
        await AnswerFiles.SaveBase64Async("openai", data, path, cancellationToken);
    }

    private static IEnumerable<string> Pictures(JsonObject answer) =>
        (answer["data"] as JsonArray)?.Select(d => d?["b64_json"]?.ToString()).OfType<string>() ?? [];

    // usage.input_tokens_details splits what went in; output tokens are those of pictures (openai 7.55.0, images.d.ts).
    private static decimal? Cost(GenerationOrder order, JsonNode? usage)
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
