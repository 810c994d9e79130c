using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Media;

namespace McpI2V.Providers.Contract;

/// <summary>
/// Spells an order as a provider's JSON by the names in the model's row: what differs between models is data. The row's
/// <c>wire</c> names members; its <c>for</c> holds other names for a kind of request.
/// </summary>
public static class JsonWire
{
    /// <summary>What the row says for this kind of request.</summary>
    public static JsonObject FromOrder(GenerationOrder order)
    {
        var wire = order.Model.Wire?.DeepClone().AsObject() ?? [];
        if (wire["for"] is JsonObject kinds && kinds[SnakeCase.From(order.Capability)] is JsonObject own)
        {
            foreach (var (name, value) in own)
            {
                wire[name] = value?.DeepClone();
            }
        }
        return wire;
    }

    /// <summary>A text of the wire; null if it is not there.</summary>
    public static string? Text(JsonObject wire, string name) =>
        wire[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    /// <summary>What of an order a model takes no notice of.</summary>
    public static IReadOnlyList<string> Unheeded(GenerationOrder order) => order.Seed is not null && Text(FromOrder(order), "seed") is null
        ? [$"{order.Model.Id} takes no seed: the same call makes another take."]
        : [];

    /// <summary>The request's body.</summary>
    /// <param name="order">The order.</param>
    /// <param name="reference">How an input is named to the provider: an address, an upload or a data URI.</param>
    public static JsonObject Body(GenerationOrder order, Func<OrderInput, string> reference)
    {
        var wire = FromOrder(order);
        JsonObject body = wire["fixed"]?.DeepClone().AsObject() ?? [];
        Put(body, wire, "prompt", Prompt(wire, order));
        Pictures(body, wire, order, reference);
        Put(body, wire, "clip", order.Clip is { } clip ? reference(clip) : null);
        Put(body, wire, "audio", order.Audio is { } audio ? reference(audio) : null);
        Length(body, wire, order);
        Shape(body, wire, order);
        if (order.Model.Audio == "optional" && Text(wire, "sound") is { } sound)
        {
            body[sound] = order.Settings.NativeAudio;
        }
        Put(
            body,
            wire,
            "quality",
            Text(wire, "quality") is null ? null : Text(wire["quality_values"]?.AsObject() ?? [], SnakeCase.From(order.Settings.Quality)));
        Put(body, wire, "seed", order.Seed);
        Put(body, wire, "count", order.Settings.Count > 1 || wire["count_always"] is not null ? order.Settings.Count : null);
        foreach (var (name, value) in order.Options)
        {
            body[name] = value?.DeepClone();
        }
        return body;
    }

    private static void Pictures(JsonObject body, JsonObject wire, GenerationOrder order, Func<OrderInput, string> reference)
    {
        if (Text(wire, "positions") is { } positions && order.Image is { } first)
        {
            // Runway: [{uri, position}], or the first frame alone as a text.
            JsonNode frames = order.EndImage is { } last
                ? new JsonArray(Frame(reference(first), "first"), Frame(reference(last), "last"))
                : wire["positions_always"] is not null
                ? new JsonArray(Frame(reference(first), "first"))
                : JsonValue.Create(reference(first));
            body[positions] = frames;
        }
        else
        {
            Put(body, wire, "image", order.Image is { } image ? reference(image) : null);
            Put(body, wire, "end", order.EndImage is { } end ? reference(end) : null);
        }
        List<OrderInput> together = Text(wire, "images") is not null && order.Image is { } among
            ? [among, .. order.References]
            : [.. order.References];
        if (together.Count > 0 && Text(wire, "reference_as") == "element" && Text(wire, "references") is { } elements)
        {
            // One subject, seen from several sides.
            var sides = together.Count > 1 ? together.Skip(1) : together;
            JsonNode element = new JsonObject
            {
                ["frontal_image_url"] = reference(together[0]),
                ["reference_image_urls"] = new JsonArray([.. sides.Select(r => JsonValue.Create(reference(r)))]),
            };
            body[elements] = new JsonArray(element);
        }
        else if (together.Count > 0 && (Text(wire, "images") ?? Text(wire, "references")) is { } list)
        {
            var member = Text(wire, "reference_member");
            body[list] = new JsonArray([.. together.Select(r => member is null
                ? JsonValue.Create(reference(r))
                : (JsonNode)new JsonObject { [member] = reference(r) })]);
        }
    }

    // Providers whose references do nothing unless the prompt names them.
    private static string Prompt(JsonObject wire, GenerationOrder order)
    {
        if (order.References.Count == 0 || Text(wire, "reference_words") is not { } words)
        {
            return order.Prompt;
        }
        var count = Text(wire, "reference_as") == "element" ? 1 : order.References.Count;
        var named = Enumerable.Range(1, count).Select(n => words.Replace(
            "{n}",
            n.ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal));
        return $"{order.Prompt.TrimEnd()} {string.Join(' ', named)}".Trim();
    }

    private static JsonObject Frame(string uri, string position) => new() { ["uri"] = uri, ["position"] = position };

    private static void Length(JsonObject body, JsonObject wire, GenerationOrder order)
    {
        if (Text(wire, "duration") is not { } name || order.Settings.DurationSeconds <= 0)
        {
            return;
        }
        var seconds = order.Settings.DurationSeconds;
        body[name] = Text(wire, "duration_as") switch
        {
            "text" => seconds.ToString("0.###", CultureInfo.InvariantCulture),
            "text_s" => seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s",
            "frames" => (int)Math.Round(seconds * (wire["frames_per_second"]?.GetValue<double>() ?? 16)) + 1,
            _ => seconds == Math.Floor(seconds) ? JsonValue.Create((int)seconds) : JsonValue.Create(seconds),
        };
    }

    private static void Shape(JsonObject body, JsonObject wire, GenerationOrder order)
    {
        var (ratio, resolution) = (order.Settings.AspectRatio, order.Settings.Resolution);
        if (Text(wire, "ratio") is { } ratioName && ratio is not null)
        {
            var sizes = wire["ratio_sizes"]?[resolution ?? ""] as JsonObject ?? wire["ratio_sizes"]?["any"] as JsonObject;
            body[ratioName] = sizes?[ratio]?.GetValue<string>() ?? ratio;
        }
        if (Text(wire, "resolution") is { } resolutionName && resolution is not null)
        {
            body[resolutionName] = wire["resolution_values"]?[resolution]?.GetValue<string>() ?? resolution;
        }
        if (Text(wire, "size") is { } size && order.Settings.Size.Width > 0)
        {
            body[size] = Text(wire, "size_as") == "text"
                ? JsonValue.Create($"{order.Settings.Size.Width}{Text(wire, "size_between") ?? "x"}{order.Settings.Size.Height}")
                : new JsonObject { ["width"] = order.Settings.Size.Width, ["height"] = order.Settings.Size.Height };
        }
    }

    private static void Put(JsonObject body, JsonObject wire, string name, string? value)
    {
        if (value is not null && Text(wire, name) is { } member)
        {
            body[member] = value;
        }
    }

    private static void Put(JsonObject body, JsonObject wire, string name, long? value)
    {
        if (value is { } number && Text(wire, name) is { } member)
        {
            body[member] = number;
        }
    }
}
