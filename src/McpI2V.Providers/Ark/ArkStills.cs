using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Ark;

/// <summary>Stills: the answer is the picture, so it is written down whole before it is read.</summary>
internal sealed class ArkStills(ProviderHttp http, ArkErrors errors, ArkRegion region)
{
    // A picture with thought takes its time, and files travel inside the request.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(10);

    /// <summary>The request: one picture, without a watermark, its bytes in the answer.</summary>
    public ContentRequest Prepare(GenerationOrder order)
    {
        AnswerFiles.Reserve(order);
        var files = new InlineFiles(order.Key);
        var body = JsonWire.Body(order, files.DataUri);
        body["model"] = ArkModels.IdIn(region, order);
        body["response_format"] = "b64_json";
        body["watermark"] = false;
        body["stream"] = false;
        body["sequential_image_generation"] = "disabled";
        return new ContentRequest(order, http.At("api/v3/images/generations"), () => files.Content(body));
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(ContentRequest request, CancellationToken finishing) => AnswerFiles.SubmitAsync(
        http,
        request.Order,
        () => http.Request(HttpMethod.Post, request.Address, request.Content()),
        errors.Judge,
        Timeout,
        ReadAsync,
        finishing);

    /// <summary>Reads the answer that was written down; null if there is none.</summary>
    public Task<Submission?> ReadAsync(GenerationOrder order) => PictureAnswers.ReadAsync(order, answer => Usd(order, answer), WhyNone);

    // Pictures that were made are billed, refused ones are not; without a number the price list counts.
    private static decimal? Usd(GenerationOrder order, JsonObject answer) =>
        answer["usage"]?["generated_images"] is JsonValue value && int.TryParse(value.ToString(), out var made) && made >= 0
            ? order.Model.Price.For(order.Settings with { Count = made })
            : null;

    private ProviderException? WhyNone(JsonObject answer)
    {
        var error = answer["error"] as JsonObject
            ?? (answer["data"] as JsonArray)?.Select(d => d?["error"]).OfType<JsonObject>().FirstOrDefault();
        return error is null ? null : errors.OfFailure(error["code"]?.ToString(), error["message"]?.ToString());
    }
}
