using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Higgsfield;

/// <summary>
/// Higgsfield's list of the models that the account may use, with their schemas: <c>GET models?include_schema=true&amp;search=</c>. It is
/// not in the docs (public clients, 2026-10): where it can't be had, a row that names its inputs is enough.
/// </summary>
internal sealed class HiggsfieldModels(ProviderHttp http, HiggsfieldErrors errors)
{
    /// <summary>A model.</summary>
    /// <exception cref="ProviderException">There is none for this account (<see cref="ProviderException.IsGone"/>), it has no schema, or
    /// the list could not be had.</exception>
    public async Task<ListedModel> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var path = $"models?limit=500&include_schema=true&search={Uri.EscapeDataString(id)}";
        ProviderAnswer answer;
        try
        {
            answer = await http.AskAsync(() => http.Request(HttpMethod.Get, http.At(path)), errors.Judge, cancellationToken);
        }
        catch (ProviderException e) when (e.IsGone)
        {
            // The list is gone, which says nothing of the model.
            throw new ProviderException(e.Code, "higgsfield does not list its models any more", Acceptance.No, e);
        }
        var listed = (answer.Json!["items"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .FirstOrDefault(m => id.Equals(m["slug"]?.ToString(), StringComparison.OrdinalIgnoreCase))
            ?? throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"higgsfield has no {ForeignText.Line(id, 120)} for this account",
                Acceptance.No) { IsGone = true };
        return Read(listed)
            ?? throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"higgsfield tells no inputs of {ForeignText.Line(id, 120)}",
                Acceptance.No);
    }

    /// <summary>Reads an item of the list; null if there is no schema in it.</summary>
    public static ListedModel? Read(JsonObject item)
    {
        var (id, input) = (item["slug"]?.ToString() ?? "", item["input_schema"] as JsonObject);
        var makes = ModelSchema.KindOf(item["output_type"]?.ToString());
        return ModelSchema.Read(input, input?["$defs"] as JsonObject ?? [], $"{id} {item["title"]}", makes) is { } schema
            ? new ListedModel { Id = id, Schema = schema, Source = "api.higgsfield.ai/models" }
            : null;
    }
}
