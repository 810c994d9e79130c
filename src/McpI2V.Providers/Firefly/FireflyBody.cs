using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Firefly;

/// <summary>
/// An order as Firefly takes it: keyframes at places of the clip, one of nine sizes, shot and camera in a part of their own.
/// </summary>
internal static class FireflyBody
{
    private const string BitRateFactor = "bitRateFactor";
    private const int WorstBitRateFactor = 63;

    /// <summary>Passes for options that Firefly takes.</summary>
    /// <exception cref="I2VException">It does not take one.</exception>
    public static void Require(GenerationOrder order)
    {
        foreach (var (name, values) in FireflyWire.Of(order).Settings ?? [])
        {
            if (order.Options[name] is { } value && !values.Contains(value.ToString(), StringComparer.Ordinal))
            {
                throw NotTaken(name, value, string.Join(", ", values));
            }
        }
        if (order.Options[BitRateFactor] is { } factor
            && !(int.TryParse(factor.ToString(), CultureInfo.InvariantCulture, out var number) && number is >= 0 and <= WorstBitRateFactor))
        {
            throw NotTaken(BitRateFactor, factor, $"a whole number from 0 (lossless) to {WorstBitRateFactor}");
        }
    }

    /// <summary>The request's body.</summary>
    /// <param name="order">The order.</param>
    /// <param name="named">What an input was called when it was uploaded.</param>
    public static JsonObject Of(GenerationOrder order, Func<OrderInput, string> named)
    {
        var body = JsonWire.Body(order, input => named(input), body => Keyframes(body, order, named));
        var size = SizeOf(order);
        body["sizes"] = new JsonArray(new JsonObject { ["width"] = size.Width, ["height"] = size.Height });
        JsonObject settings = [];
        foreach (var name in FireflyWire.Of(order).Settings?.Keys ?? Enumerable.Empty<string>())
        {
            if (body[name] is { } value)
            {
                body.Remove(name);
                settings[name] = value;
            }
        }
        if (settings.Count > 0)
        {
            body["videoSettings"] = settings;
        }
        return body;
    }

    // 0 is the first frame of the clip, 1 its last.
    private static bool Keyframes(JsonObject body, GenerationOrder order, Func<OrderInput, string> named)
    {
        JsonArray conditions = [];
        foreach (var (frame, position) in new[] { (order.Image, 0), (order.EndImage, 1) })
        {
            if (frame is not null)
            {
                conditions.Add((JsonNode)new JsonObject
                {
                    ["source"] = new JsonObject { ["uploadId"] = named(frame) },
                    ["placement"] = new JsonObject { ["position"] = position },
                });
            }
        }
        if (conditions.Count > 0)
        {
            body["image"] = new JsonObject { ["conditions"] = conditions };
        }
        return true;
    }

    private static PixelSize SizeOf(GenerationOrder order)
    {
        var resolution = order.Settings.Resolution ?? "";
        var written = JsonWire.FromOrder(order).ResolutionValues?.GetValueOrDefault(resolution) ?? resolution;
        return AspectRatio.TryParse(order.Settings.AspectRatio, out var ratio)
            && int.TryParse(written.TrimEnd('p'), CultureInfo.InvariantCulture, out var shortSide)
            ? ratio.SizeWithShortSide(shortSide)
            : order.Settings.Size;
    }

    private static I2VException NotTaken(string option, JsonNode value, string allowed) => I2VException.Invalid(
        "options",
        $"options.{option} is {ForeignText.Quote(value.ToString(), 60)}, and Firefly takes {allowed}. Nothing was spent.");
}
