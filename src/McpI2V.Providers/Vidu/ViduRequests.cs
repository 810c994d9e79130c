using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vidu;

/// <summary>Requests as Vidu takes them: what a row says, and what no word of a row says. Pictures are data URIs.</summary>
internal static class ViduRequests
{
    /// <summary>Where the API begins.</summary>
    public const string Root = "ent/v2";

    // With a last frame the same models are asked elsewhere.
    private const string ToALastFrame = "start-end2video";
    private const double MostWide = 4;
    private const double MostApart = 1.25;

    /// <summary>The request for an order.</summary>
    /// <param name="order">The order.</param>
    /// <param name="http">Tells addresses.</param>
    /// <param name="callback">Where word of its end is sent; null: nowhere.</param>
    public static ContentRequest Of(GenerationOrder order, ProviderHttp http, Uri? callback)
    {
        var files = new InlineFiles(order.Key);
        var body = JsonWire.Body(order, files.DataUri);
        if (body["seed"] is not null && order.Seed is { } seed)
        {
            // 0 would be a seed of its own choice; more than 31 bits are nowhere named.
            body["seed"] = Math.Max(1, seed & int.MaxValue);
        }
        // Every task is listed with it.
        body["payload"] = order.Key;
        if (callback is not null)
        {
            body["callback_url"] = callback.AbsoluteUri;
        }
        var path = order.EndImage is null ? JsonWire.PathOf(order) : ToALastFrame;
        return new ContentRequest(order, http.At($"{Root}/{path}"), () => files.Content(body));
    }

    /// <summary>Passes for pictures of the shapes that Vidu takes.</summary>
    /// <exception cref="ProviderException">One is too wide or too tall, or two are too different; nothing was sent.</exception>
    public static void RequireShapes(GenerationOrder order)
    {
        foreach (var still in OrderInputs.FromOrder(order).Where(i => i.Size.Ratio is >= MostWide or <= 1 / MostWide))
        {
            throw Refused($"{still.Handle} is {still.Size}, and vidu takes pictures between 1:4 and 4:1. Crop it first");
        }
        if (order is { Image: { } first, EndImage: { } last }
            && first.Size.Ratio / last.Size.Ratio is < 1 / MostApart or > MostApart)
        {
            throw Refused(
                $"{first.Handle} is {first.Size} and {last.Handle} is {last.Size}: vidu wants the last frame in nearly the ratio of the " +
                    "first, by 0.8 to 1.25. Crop one of them first");
        }
    }

    private static ProviderException Refused(string why) => new(ErrorCode.UnsupportedByModel, why, Acceptance.No);
}
