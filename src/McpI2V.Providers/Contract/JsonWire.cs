using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>Spells an order as a provider's JSON by the words of the model's row: what differs between models is data.</summary>
public static class JsonWire
{
    private const double UsualFramesPerSecond = 16;

    /// <summary>What the row says for this kind of request.</summary>
    public static WireMapping FromOrder(GenerationOrder order) => order.Model.Wire?.For(order.Capability) ?? new WireMapping();

    /// <summary>Where the provider takes the request: what the row says, else the model's own id.</summary>
    public static string PathOf(GenerationOrder order) => FromOrder(order).Path ?? order.VendorModel;

    /// <summary>What of an order a model takes no notice of.</summary>
    public static IReadOnlyList<string> Unheeded(GenerationOrder order) => order.Seed is not null && FromOrder(order).Seed is null
        ? [$"{order.Model.Id} takes no seed: the same call makes another take."]
        : [];

    /// <summary>The request's body.</summary>
    /// <param name="order">The order.</param>
    /// <param name="reference">How an input is named to the provider: an address, an upload, a data URI, or an object of its own.</param>
    /// <param name="frames">Writes the first and the last frame where the provider has a shape of its own for them; false where the row
    /// names their places as usual.</param>
    public static JsonObject Body(GenerationOrder order, Func<OrderInput, JsonNode> reference, Func<JsonObject, bool>? frames = null)
    {
        var wire = FromOrder(order);
        var body = wire.Fixed?.DeepClone().AsObject() ?? [];
        wire.Prompt?.Put(body, Prompt(wire, order));
        if (frames?.Invoke(body) != true)
        {
            Put(wire.Image, order.Image);
            Put(wire.End, order.EndImage);
        }
        References(body, wire, order, reference);
        Put(wire.Clip, order.Clip);
        Put(wire.Audio, order.Audio);
        Spoken(body, wire, order.Settings);
        Length(body, wire, order.Settings);
        Shape(body, wire, order.Settings);
        if (order.Model.Audio == "optional")
        {
            wire.Sound?.Put(body, Sound(wire, order.Settings.NativeAudio));
        }
        if (wire.QualityValues?.GetValueOrDefault(order.Settings.Quality) is { } quality)
        {
            wire.Quality?.Put(body, quality);
        }
        if (order.Seed is { } seed)
        {
            wire.Seed?.Put(body, seed);
        }
        if (order.Settings.Count > 1 || wire.CountAlways)
        {
            wire.Count?.Put(body, order.Settings.Count);
        }
        foreach (var (name, value) in order.Options)
        {
            body[name] = value?.DeepClone();
        }
        return body;

        void Put(WirePath? place, OrderInput? input)
        {
            if (input is not null)
            {
                place?.Put(body, reference(input));
            }
        }
    }

    private static void References(JsonObject body, WireMapping wire, GenerationOrder order, Func<OrderInput, JsonNode> reference)
    {
        List<OrderInput> together = wire.Images is not null && order.Image is { } among
            ? [among, .. order.References]
            : [.. order.References];
        if (together.Count == 0)
        {
            return;
        }
        if (wire.ReferenceFront is { } front)
        {
            front.Put(body, reference(together[0]));
            together = together.Count > 1 ? together[1..] : together;
        }
        (wire.Images ?? wire.References)?.Put(body, new JsonArray([.. together.Select(Item)]));

        JsonNode Item(OrderInput input)
        {
            if (wire.ReferenceMember is not { } member)
            {
                return reference(input);
            }
            JsonObject item = [];
            member.Put(item, reference(input));
            return item;
        }
    }

    private static string Prompt(WireMapping wire, GenerationOrder order)
    {
        if (order.References.Count == 0 || wire.ReferenceWords is not { } words)
        {
            return order.Prompt;
        }
        var together = order.References.Count + (wire.Images is not null && order.Image is not null ? 1 : 0);
        var named = Enumerable.Range(1, wire.ReferenceFront is null ? together : 1).Select(n => words.Replace(
            "{n}",
            n.ToString(CultureInfo.InvariantCulture),
            StringComparison.Ordinal));
        return $"{order.Prompt.TrimEnd()} {string.Join(' ', named)}".Trim();
    }

    private static JsonNode Sound(WireMapping wire, bool isWanted) =>
        wire.SoundAs == SoundSpelling.OnOff ? isWanted ? "on" : "off" : isWanted;

    private static void Spoken(JsonObject body, WireMapping wire, ModelSettings settings)
    {
        if (settings.Voice is { } voice)
        {
            wire.Voice?.Put(body, voice);
        }
        if (settings.Language is { } language)
        {
            wire.Language?.Put(body, language);
        }
    }

    private static void Length(JsonObject body, WireMapping wire, ModelSettings settings)
    {
        var seconds = settings.DurationSeconds;
        if (seconds <= 0)
        {
            return;
        }
        wire.Duration?.Put(body, wire.DurationAs switch
        {
            LengthSpelling.Text => seconds.ToString("0.###", CultureInfo.InvariantCulture),
            LengthSpelling.TextS => seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s",
            LengthSpelling.Milliseconds => (int)Math.Round(seconds * 1000),
            LengthSpelling.Frames => (int)Math.Round(seconds * (wire.FramesPerSecond ?? UsualFramesPerSecond)) + 1,
            _ => seconds == Math.Floor(seconds) ? JsonValue.Create((int)seconds) : JsonValue.Create(seconds),
        });
    }

    private static void Shape(JsonObject body, WireMapping wire, ModelSettings settings)
    {
        if (settings.AspectRatio is { } ratio)
        {
            var sizes = wire.RatioSizes?.GetValueOrDefault(settings.Resolution ?? "") ?? wire.RatioSizes?.GetValueOrDefault("any");
            wire.Ratio?.Put(body, sizes?.GetValueOrDefault(ratio) ?? ratio);
        }
        if (settings.Resolution is { } resolution)
        {
            wire.Resolution?.Put(body, wire.ResolutionValues?.GetValueOrDefault(resolution) ?? resolution);
        }
        var (width, height) = (settings.Size.Width, settings.Size.Height);
        if (width > 0)
        {
            wire.Size?.Put(body, wire.SizeAs == SizeSpelling.Text
                ? $"{width}{wire.SizeBetween ?? "x"}{height}"
                : new JsonObject { ["width"] = width, ["height"] = height });
        }
    }
}
