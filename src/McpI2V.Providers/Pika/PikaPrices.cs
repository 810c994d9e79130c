using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Pika;

/// <summary>
/// Prices as Pika's catalogue tells them: components of a unit and of tiers, each tier for some inputs, in millionths of a dollar (a public
/// client's tests, 2026-09).
/// </summary>
internal static class PikaPrices
{
    private const decimal Millionth = 0.000001m;

    /// <summary>What an order costs; null: the catalogue does not say it, or by something that is not known here.</summary>
    /// <param name="model">The operation.</param>
    /// <param name="order">The order, as it is asked for.</param>
    public static decimal? Quote(ListedModel model, GenerationOrder order)
    {
        if (model.Pricing is null || Components(model.Pricing) is not [var component])
        {
            return null;
        }
        var body = JsonWire.Body(order, _ => "");
        // A first that fits counts; what the order does not say is what the operation takes unless told.
        var tier = component.Tiers.FirstOrDefault(t => t.Spec.All(s => IsSame(s.Value, body[s.Key] ?? Default(model.Schema, s.Key))));
        decimal? units = component.Unit switch
        {
            "second" => (decimal)order.Settings.DurationSeconds * order.Settings.Count,
            _ when IsOne(component.Unit) => order.Settings.Count,
            _ => null,
        };
        return tier is null || units is null or 0
            ? null
            : decimal.Round(Math.Max(0, units.Value - component.Included) / component.Quantity * tier.Usd, 6);
    }

    /// <summary>The price of a row; null: the catalogue's can't be said in a row's words.</summary>
    public static Price? Row(JsonObject pricing, ModelSchema schema)
    {
        if (Components(pricing) is not [{ Included: 0, Quantity: 1 } component]
            || component.Tiers.Count == 0
            || (component.Unit != "second" && !IsOne(component.Unit)))
        {
            return null;
        }
        var wire = InputNames.Wire(schema);
        // What no word of a row tells apart counts as the dearest.
        PriceRate[] rates =
        [
            .. component.Tiers
                .Select(t => Rate(t, wire))
                .GroupBy(r => r with { Usd = 0 })
                .Select(g => g.MaxBy(r => r.Usd)!)
                .OrderByDescending(r => new object?[] { r.Resolution, r.Audio, r.Seconds }.Count(w => w is not null)),
        ];
        var unit = component.Unit == "second" ? "second" : schema.Makes == Media.Formats.MediaKind.Still ? "image" : "clip";
        return new Price(unit, component.Tiers.Max(t => t.Usd), [.. rates.Where(r => r with { Usd = 0 } != new PriceRate { Usd = 0 })]);
    }

    private static PriceRate Rate(Tier tier, WireMapping wire)
    {
        string? Of(WirePath? place) => place is null ? null : tier.Spec.GetValueOrDefault(place.ToString());
        return new PriceRate
        {
            Usd = tier.Usd,
            Resolution = Of(wire.Resolution) is { } written
                ? wire.ResolutionValues?.FirstOrDefault(v => v.Value.Equals(written, StringComparison.OrdinalIgnoreCase)).Key
                : null,
            Audio = Of(wire.Sound) switch { "true" or "on" => true, "false" or "off" => false, _ => null },
            Seconds = double.TryParse(Of(wire.Duration), System.Globalization.CultureInfo.InvariantCulture, out var seconds)
                ? seconds
                : null,
        };
    }

    private static bool IsOne(string unit) => unit is "image" or "video" or "clip" or "request" or "generation" or "output";

    private static string? Default(ModelSchema schema, string name) => schema.Inputs.GetValueOrDefault(name)?.Default is { } value
        ? Text(value)
        : null;

    private static bool IsSame(string wanted, JsonNode? given) =>
        given is not null && wanted.Equals(Text(given), StringComparison.OrdinalIgnoreCase);

    private static string Text(JsonNode node) => node.GetValueKind() == JsonValueKind.String ? node.ToString() : node.ToJsonString();

    // Null in place of all where one is not understood: a part of a price is none.
    private static List<Component>? Components(JsonObject pricing)
    {
        List<Component> read = [];
        foreach (var node in pricing["components"] as JsonArray ?? [])
        {
            if (node is not JsonObject component
                || component["role"]?.ToString() != "output"
                || component["unit"] is not JsonObject unit
                || Number(unit["quantity"]) is not > 0)
            {
                return null;
            }
            read.Add(new Component(
                unit["type"]?.ToString() ?? "",
                Number(unit["quantity"])!.Value,
                Number(unit["included"]) ?? 0,
                [.. (component["price_tiers"] as JsonArray ?? []).OfType<JsonObject>().Select(TierOf).OfType<Tier>()]));
        }
        return read;
    }

    private static Tier? TierOf(JsonObject tier) => Number(tier["micro_usd"]) is >= 0 and var millionths
        ? new Tier(
            (tier["spec"] as JsonObject ?? [])
                .Where(s => s.Value is JsonValue)
                .ToDictionary(s => s.Key, s => Text(s.Value!), StringComparer.Ordinal),
            millionths * Millionth)
        : null;

    private static decimal? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<decimal>(out var number) ? number : null;

    private sealed record Component(string Unit, decimal Quantity, decimal Included, IReadOnlyList<Tier> Tiers);

    private sealed record Tier(IReadOnlyDictionary<string, string> Spec, decimal Usd);
}
