using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Gemini;

/// <summary>Stills by generateContent: the answer is the result, so it is written down whole before it is read.</summary>
internal sealed class GeminiStills(ProviderHttp http, GeminiErrors errors, GeminiFiles files)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The request.</summary>
    public async Task<JsonRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled)
    {
        AnswerFiles.Reserve(order);
        JsonArray parts = [];
        foreach (var input in OrderInputs.FromOrder(order))
        {
            JsonNode part = GeminiParts.IsInline(input)
                ? new JsonObject { ["inlineData"] = new JsonObject
                {
                    ["mimeType"] = input.Format.MimeType,
                    ["data"] = await GeminiParts.Base64Async(input, jobCancelled),
                } }
                : new JsonObject { ["fileData"] = new JsonObject
                {
                    ["mimeType"] = input.Format.MimeType,
                    ["fileUri"] = await files.AddressOfAsync(input, jobCancelled),
                } };
            parts.Add(part);
        }
        JsonNode text = new JsonObject { ["text"] = order.Prompt };
        parts.Add(text);
        JsonObject image = [];
        if (order.Settings.AspectRatio is { } ratio)
        {
            image["aspectRatio"] = ratio;
        }
        if (order.Settings.Resolution is { } resolution
            && JsonWire.FromOrder(order).ResolutionValues?.GetValueOrDefault(resolution) is { } size)
        {
            image["imageSize"] = size;
        }
        if (order.Options["personGeneration"] is { } persons)
        {
            image["personGeneration"] = persons.DeepClone();
        }
        var config = new JsonObject { ["responseModalities"] = new JsonArray("TEXT", "IMAGE"), ["imageConfig"] = image };
        if (order.Seed is { } seed)
        {
            config["seed"] = seed & int.MaxValue;
        }
        JsonNode content = new JsonObject { ["role"] = "user", ["parts"] = parts };
        var body = new JsonObject { ["contents"] = new JsonArray(content), ["generationConfig"] = config };
        if (order.Options["safetySettings"] is { } safety)
        {
            body["safetySettings"] = safety.DeepClone();
        }
        return new JsonRequest(order, http.At($"v1beta/models/{Uri.EscapeDataString(order.VendorModel)}:generateContent"), body);
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(JsonRequest request, CancellationToken finishing) => AnswerFiles.SubmitAsync(
        http,
        request.Order,
        () => http.Request(HttpMethod.Post, request.Address, JsonRequest.Content(request.Body)),
        errors.Judge,
        Timeout,
        ReadAsync,
        finishing);

    /// <summary>Reads the answer that was written down; null if there is none.</summary>
    public async Task<Submission?> ReadAsync(GenerationOrder order)
    {
        if (await LenientJson.ReadAsync(order.AnswerFile) is not { } answer)
        {
            return null;
        }
        var usage = answer["usageMetadata"];
        var thoughts = GeminiTokens.Count(usage, "thoughtsTokenCount");
        var media = (usage?["candidatesTokensDetails"] as JsonArray)?.Where(d => d?["modality"]?.ToString() == "IMAGE").Sum(
            d => GeminiTokens.Count(d, "tokenCount"))
            ?? 0;
        var candidates = GeminiTokens.Count(usage, "candidatesTokenCount");
        var pictures = Pictures(answer).Count();
        // Without the split by kind: all of it is picture where there is one.
        media = media == 0 && pictures > 0 ? candidates : media;
        var cost = GeminiTokens.Usd(order, GeminiTokens.Count(usage, "promptTokenCount"), media, candidates - media + thoughts);
        var task = new RemoteTask(answer["responseId"]?.ToString() is { Length: > 0 } id ? id : order.Key);
        return new Submission(task, pictures == 0
            ? RemoteStatus.Failed(WhyNone(answer), cost)
            : new RemoteStatus
            {
                State = RemoteState.Done,
                CostUsd = cost,
                Says = Words(answer),
                Outputs = [.. Enumerable.Range(0, pictures).Select(i => new RemoteOutput(MediaKind.Still, null, order.AnswerFile, i))],
            });
    }

    /// <summary>Writes one picture of an answer to a file.</summary>
    public static async Task SaveAsync(RemoteOutput output, string path, CancellationToken cancellationToken)
    {
        var data = await LenientJson.ReadAsync(output.File, cancellationToken) is { } answer
            ? Pictures(answer).ElementAtOrDefault(output.Index)
            : null;
        await AnswerFiles.SaveBase64Async("gemini", data, path, cancellationToken);
    }

    // Pictures of its thoughts are drafts.
    private static IEnumerable<string> Pictures(JsonObject answer) =>
        (answer["candidates"] as JsonArray)?.SelectMany(c => c?["content"]?["parts"] as JsonArray ?? [])
            .Where(p => p?["thought"]?.ToString() != "true")
            .Select(p => p?["inlineData"]?["data"]?.ToString())
            .OfType<string>() ?? [];

    // What it says beside its pictures, such as what it left out; its thoughts are its own.
    private string? Words(JsonObject answer)
    {
        var said = http.Safe(string.Join(' ', (answer["candidates"] as JsonArray)?
            .SelectMany(c => c?["content"]?["parts"] as JsonArray ?? [])
            .Where(p => p?["thought"]?.ToString() != "true")
            .Select(p => p?["text"]?.ToString())
            .OfType<string>() ?? []));
        return said.Trim().Length > 0 ? said : null;
    }

    private ProviderException WhyNone(JsonObject answer)
    {
        var blocked = answer["promptFeedback"]?["blockReason"]?.ToString();
        var candidate = (answer["candidates"] as JsonArray)?.FirstOrDefault();
        var finish = candidate?["finishReason"]?.ToString();
        var said = http.Safe(
            candidate?["finishMessage"]?.ToString()
                ?? (candidate?["content"]?["parts"] as JsonArray)?.Select(p => p?["text"]?.ToString()).FirstOrDefault(t => t is not null));
        var reason = blocked ?? (finish is null or "STOP" or "NO_IMAGE" ? null : finish);
        return reason is not null
            ? GeminiErrors.Refused($"{reason}{(said.Length > 0 ? ", " + said : "")}", Acceptance.Yes)
            : new ProviderException(
                ErrorCode.ProviderFailed,
                $"gemini answered without a picture{(said.Length > 0 ? $": \"{said}\"" : "")}",
                Acceptance.Yes);
    }
}
