using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>
/// fal's models: the catalogue's rows, and any other that fal lists, read from its schema and its price (<c>api.fal.ai/v1/models</c>).
/// </summary>
internal sealed class FalListing(ProviderOptions options, ProviderHttp http, FalErrors errors, FalPrices prices) : IModelSource
{
    private const string Prefix = "fal:";
    private static readonly EmbeddedModels Listed = new(typeof(FalListing).Assembly, "fal", FalJson.Default.FalWire);

    /// <inheritdoc/>
    public string Provider => Listed.Provider;

    /// <inheritdoc/>
    public JsonTypeInfo? OwnWords => Listed.OwnWords;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows() => Listed.Rows();

    /// <inheritdoc/>
    public async Task<ModelEntry?> LearnAsync(string id, CancellationToken cancellationToken)
    {
        if (!id.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) || id.Length <= Prefix.Length || options.ApiKey is null)
        {
            return null;
        }
        var endpoint = id[Prefix.Length..].Trim('/');
        JsonObject? listed;
        try
        {
            var answer = await http.AskAsync(() => Get(endpoint), errors.Judge, cancellationToken);
            listed = answer.Json?["models"]?.AsArray().OfType<JsonObject>().FirstOrDefault(m => m["endpoint_id"]?.ToString() == endpoint);
        }
        catch (ProviderException e) when (e.IsGone)
        {
            return null;
        }
        catch (ProviderException e)
        {
            throw new I2VException(
                e.Code,
                $"model is {ForeignText.Quote(id, 80)}, which the catalogue does not have, and fal could not be asked for it: " +
                    $"{e.Message.TrimEnd('.')}. Name another model (list_models), or ask again later. Nothing was spent.",
                "model");
        }
        if (listed is null)
        {
            return null;
        }
        var price = await prices.OfAsync(endpoint, cancellationToken)
            ?? throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"fal has {endpoint} and does not say what it costs. Add a row for it to models.json with its price, or choose another " +
                    "model. Nothing was spent.",
                "model");
        return FalSchema.Row(endpoint, listed, price.Usd, price.Unit)
            ?? throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"fal has {endpoint} ({http.Safe(listed["metadata"]?["category"]?.ToString())}), and it makes neither stills nor clips " +
                    "nor sounds from what this server can give it. Name another model (list_models). Nothing was spent.",
                "model");
    }

    private HttpRequestMessage Get(string endpoint) =>
        http.Request(
            HttpMethod.Get,
            http.At($"v1/models?endpoint_id={Uri.EscapeDataString(endpoint)}&expand=openapi-3.0", FalProvider.Api));
}
