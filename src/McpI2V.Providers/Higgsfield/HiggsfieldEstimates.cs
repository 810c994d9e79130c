using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Higgsfield;

/// <summary>
/// What a request would cost, asked of Higgsfield: <c>POST estimate/{model}</c> with the request's own body. Files are not fetched for it,
/// so that any address stands for them.
/// </summary>
internal sealed class HiggsfieldEstimates(ProviderHttp http, HiggsfieldErrors errors)
{
    private const string AnyFile = "https://example.com/input.jpg";

    /// <summary>Dollars; null: it has no number for this one (some are told by the second, in words), or could not be asked.</summary>
    /// <param name="order">The order, as it is asked for.</param>
    /// <param name="model">What the model takes; null: it is not known.</param>
    /// <param name="cancellationToken">Ends the question.</param>
    public async Task<decimal?> OfAsync(GenerationOrder order, ListedModel? model, CancellationToken cancellationToken)
    {
        var body = JsonWire.Body(order, _ => AnyFile);
        foreach (var missing in model?.Schema.Required.Where(r => !body.ContainsKey(r)) ?? [])
        {
            // An order that is looked up later has no inputs any more.
            body[missing] = model!.Schema.Inputs.GetValueOrDefault(missing)?.IsFiles == true ? new JsonArray(AnyFile) : AnyFile;
        }
        try
        {
            var address = http.At("estimate/" + JsonWire.PathOf(order));
            var answer = await http.AskAsync(
                () => http.Request(HttpMethod.Post, address, JsonRequest.Content(body)),
                errors.Judge,
                cancellationToken);
            return Read(answer.Json!);
        }
        catch (ProviderException)
        {
            // A price that can't be had must keep no request from its user, and no finished clip from its owner.
            return null;
        }
    }

    /// <summary>The number of an answer: a text such as "0.094". What is none is no price, and never nothing.</summary>
    public static decimal? Read(JsonObject answer) =>
        decimal.TryParse(answer["usd"]?.ToString(), NumberStyles.Number, CultureInfo.InvariantCulture, out var usd) && usd > 0 ? usd : null;
}
