using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>
/// fal's own prices (<c>GET api.fal.ai/v1/models/pricing</c>): a result's billed units times the unit's price is what it cost.
/// </summary>
internal sealed class FalPrices(ProviderHttp http, FalErrors errors, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromHours(12);
    private readonly ConcurrentDictionary<string, (decimal Usd, string Unit, long At)> known = new(StringComparer.Ordinal);

    /// <summary>What so many billed units of a model cost; by the catalogue's price where fal does not say.</summary>
    public async Task<decimal?> CostAsync(GenerationOrder order, string endpoint, decimal units, CancellationToken cancellationToken) =>
        await OfAsync(endpoint, cancellationToken) is var (usd, _)
            ? decimal.Round(usd * units, 6)
            : order.Model.Price.ForUnits(order.Settings, units);

    /// <summary>The unit and its price; null: fal does not say.</summary>
    public async Task<(decimal Usd, string Unit)?> OfAsync(string endpoint, CancellationToken cancellationToken)
    {
        if (known.TryGetValue(endpoint, out var price) && time.GetElapsedTime(price.At) < Fresh)
        {
            return (price.Usd, price.Unit);
        }
        try
        {
            var answer = await http.AskAsync(
                () => http.Request(
                    HttpMethod.Get,
                    http.At($"v1/models/pricing?endpoint_id={Uri.EscapeDataString(endpoint)}", FalProvider.Api)),
                errors.Judge,
                cancellationToken);
            foreach (var row in answer.Json?["prices"]?.AsArray().OfType<JsonObject>() ?? [])
            {
                if (row["endpoint_id"]?.ToString() == endpoint
                    && decimal.TryParse(row["unit_price"]?.ToString(), CultureInfo.InvariantCulture, out var usd)
                    && row["currency"]?.ToString() is null or "USD")
                {
                    known[endpoint] = (usd, row["unit"]?.ToString() ?? "", time.GetTimestamp());
                    return (usd, row["unit"]?.ToString() ?? "");
                }
            }
        }
        catch (ProviderException)
        {
            // A price list that can't be had must not keep a finished clip from its owner.
        }
        return null;
    }
}
