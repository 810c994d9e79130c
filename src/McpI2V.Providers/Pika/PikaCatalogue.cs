using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Pika;

/// <summary>
/// Pika's catalogue of operations, readable without a key: <c>GET catalog/apis/{api_id}?expand=inputs</c> tells inputs and prices. Where
/// prose and catalogue disagree, the catalogue rules.
/// </summary>
internal sealed class PikaCatalogue(ProviderHttp http, PikaErrors errors)
{
    private const string Calls = "/v1/media/";

    /// <summary>An operation.</summary>
    /// <exception cref="ProviderException">There is none (<see cref="ProviderException.IsGone"/>), it can't be called, or the catalogue
    /// could not be had.</exception>
    public async Task<ListedModel> ReadAsync(string id, CancellationToken cancellationToken)
    {
        // Slashes are sent as they are; the key stays here.
        var answer = await http.AskAsync(
            () => new HttpRequestMessage(HttpMethod.Get, http.At($"catalog/apis/{id}?expand=inputs")),
            errors.Judge,
            cancellationToken);
        return Read(id, answer.Json!)
            ?? throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"pika lists {ForeignText.Line(id, 120)} and tells no way to call it",
                Acceptance.No);
    }

    /// <summary>Reads a record; null if it is another's, or can't be called.</summary>
    public static ListedModel? Read(string id, JsonObject record)
    {
        var makes = ModelSchema.KindOf(record["category"]?.ToString());
        // What is called is what was read, and nothing else of the API.
        if (!id.Equals(record["api_id"]?.ToString(), StringComparison.OrdinalIgnoreCase)
            || record["call"] is not JsonObject call
            || call["method"]?.ToString() != "POST"
            || !(Calls + id).Equals(call["path"]?.ToString(), StringComparison.OrdinalIgnoreCase)
            || record["input_schema"] is not JsonObject input)
        {
            return null;
        }
        var schemas = input["$defs"] as JsonObject ?? [];
        var pricing = record["display_pricing"] as JsonObject;
        return ModelSchema.Read(input, schemas, $"{id} {record["description"]}", makes) is { } schema
            ? new ListedModel
            {
                Id = record["api_id"]!.ToString(),
                Schema = schema,
                Pricing = pricing,
                Price = pricing is null ? null : PikaPrices.Row(pricing, schema),
                Source = $"api.dev.pika.art/catalog/apis/{id}",
            }
            : null;
    }
}
