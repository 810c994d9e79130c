using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Bfl;

/// <summary>
/// Requests as Black Forest Labs takes them: what a row says, and what no word of a row says. Files are bare base64, no data URIs. A
/// member that is not known is refused.
/// </summary>
internal static class BflRequests
{
    // FLUX.2 makes sizes of sixteens (readings of docs.bfl.ai, 2026-10).
    private const int SizeStep = 16;
    private const int LeastSide = 64;
    private const double LeastFactor = 1.5;
    private const double MostFactor = 3;

    /// <summary>The request for an order.</summary>
    /// <exception cref="ProviderException">The clip can't be scaled to what is wanted; nothing was sent.</exception>
    public static ContentRequest Of(GenerationOrder order, ProviderHttp http)
    {
        var files = new InlineFiles(order.Key);
        var body = JsonWire.Body(order, input => files.Mark(input));
        Size(body);
        Numbered(body);
        Scale(body, order);
        return new ContentRequest(order, http.At("v1/" + JsonWire.PathOf(order)), () => files.Content(body));
    }

    // Width and height are members of the body.
    private static void Size(JsonObject body)
    {
        if (body["size"] is JsonObject size)
        {
            body.Remove("size");
            (body["width"], body["height"]) = (Side(size["width"]), Side(size["height"]));
        }

        static int Side(JsonNode? pixels) => Math.Max(LeastSide, PixelSize.Multiple(pixels?.GetValue<int>() ?? 0, SizeStep));
    }

    // Several pictures are input_image, input_image_2, input_image_3.
    private static void Numbered(JsonObject body)
    {
        if (body["input_image"] is JsonArray pictures)
        {
            body.Remove("input_image");
            for (var i = 0; i < pictures.Count; i++)
            {
                body[i == 0 ? "input_image" : $"input_image_{i + 1}"] = pictures[i]?.DeepClone();
            }
        }
    }

    // A resolution is written as the factor that leads to it.
    private static void Scale(JsonObject body, GenerationOrder order)
    {
        if (order.Capability != Capability.Upscale || order.Clip is not { } clip)
        {
            return;
        }
        var factor = Math.Round((double)order.Settings.Size.ShortSide / clip.Size.ShortSide, 3);
        body["upscale_factor"] = factor is >= LeastFactor and <= MostFactor
            ? factor
            : throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the clip is {clip.Size}, and bfl scales {LeastFactor} to {MostFactor} times: {order.Settings.Resolution} would be ") +
                    string.Create(CultureInfo.InvariantCulture, $"{factor} times. Say another resolution"),
                Acceptance.No);
    }
}
