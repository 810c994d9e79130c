using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>Stills: the answer is the picture, so it is written down whole before it is read.</summary>
internal sealed class XaiStills(ProviderHttp http, XaiErrors errors)
{
    // Files travel inside the request, and pictures inside the answer.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>The request: one picture that goes in has a member of its own, several are a list.</summary>
    public ContentRequest Prepare(GenerationOrder order)
    {
        AnswerFiles.Reserve(order);
        var files = new InlineFiles(order.Key);
        var body = JsonWire.Body(order, input => new JsonObject { ["url"] = files.DataUri(input), ["type"] = "image_url" });
        var pictures = body["images"] as JsonArray;
        if (pictures is [{ } only])
        {
            body.Remove("images");
            body["image"] = only.DeepClone();
        }
        body["response_format"] = "b64_json";
        var path = pictures is null ? "v1/images/generations" : "v1/images/edits";
        return new ContentRequest(order, http.At(path), () => files.Content(body));
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(ContentRequest request, CancellationToken finishing) => AnswerFiles.SubmitAsync(
        http,
        request.Order,
        () => http.Request(HttpMethod.Post, request.Address, request.Content()),
        errors.JudgeOrder,
        Timeout,
        ReadAsync,
        finishing);

    /// <summary>Reads the answer that was written down; null if there is none. Without a number the price list counts.</summary>
    public Task<Submission?> ReadAsync(GenerationOrder order) => PictureAnswers.ReadAsync(
        order,
        answer => XaiVideo.CostOf(answer) ?? order.Model.Price.For(order.Settings),
        WhyNone);

    private ProviderException? WhyNone(JsonObject answer) =>
        (answer["data"] as JsonArray)?.Any(d => d?["respect_moderation"]?.ToString() == "false") == true ? errors.Moderated() : null;
}
