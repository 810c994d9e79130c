using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Hedra;

/// <summary>Hedra's models as its catalogue tells them (<c>GET models/{id}</c>: modality, input_schema, price_description).</summary>
internal sealed class HedraModels(ProviderHttp http, HedraErrors errors, HedraPrices prices)
{
    // What a row says that a model costs is not asked for again.
    private static readonly Lazy<HashSet<string>> WithRows = new(() =>
        new EmbeddedModels(typeof(HedraModels).Assembly, "hedra").Rows().Select(r => r.Id).ToHashSet(StringComparer.OrdinalIgnoreCase));

    /// <summary>A model.</summary>
    /// <exception cref="ProviderException">There is no such model (<see cref="ProviderException.IsGone"/>), it has no schema, or it could
    /// not be asked for.</exception>
    public async Task<ListedModel> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("models/" + Uri.EscapeDataString(id))),
            errors.Judge,
            cancellationToken);
        var model = Read(id, answer.Json!)
            ?? throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"hedra tells no inputs of {ForeignText.Line(id, 80)}",
                Acceptance.No);
        return WithRows.Value.Contains("hedra:" + id)
            ? model
            : model with { Price = await prices.OfAsync(model, answer.Json!["price_description"]?.ToString(), cancellationToken) };
    }

    /// <summary>Reads an answer, its price aside; null if there is no schema in it.</summary>
    public static ListedModel? Read(string id, JsonObject model)
    {
        var makes = ModelSchema.KindOf(model["modality"]?.ToString());
        var input = model["input_schema"] as JsonObject;
        // Which inputs go together stands in the schema's own words.
        var description = $"{id} {model["description"]}\n{input?["description"]}";
        return ModelSchema.Read(input, input?["$defs"] as JsonObject ?? [], description, makes) is { } schema
            ? new ListedModel { Id = id, Schema = schema, Source = $"api.hedra.com/v3/models/{id}" }
            : null;
    }
}
