using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// Spells an order for Hedra, and has its price told before it is sent: what costs more than the user was told is not sent.
/// </summary>
internal sealed class HedraRequests(ProviderHttp http, ModelSchemas models, HedraPrices prices, HedraFiles files)
{
    private const string Provider = "hedra";

    /// <summary>Where a model is asked.</summary>
    public static string Path(string model) => "models/" + Uri.EscapeDataString(model);

    /// <summary>The request, its files uploaded.</summary>
    /// <param name="order">The order.</param>
    /// <param name="webhook">Where word of its end is sent; null: nowhere.</param>
    /// <param name="jobCancelled">Ends it.</param>
    /// <exception cref="ProviderException">Hedra does not take it, or asks more for it than was told.</exception>
    public async Task<JsonRequest> PrepareAsync(GenerationOrder order, Uri? webhook, CancellationToken jobCancelled)
    {
        var model = JsonWire.PathOf(order);
        var (asked, now) = await models.AskedAsync(order, jobCancelled);
        var named = await OrderInputs.NamedAsync(order, input => files.NameOfAsync(input, jobCancelled));
        var input = JsonWire.Body(asked, file => new JsonObject { ["source"] = "url", ["url"] = named(file) });
        if (now is not null)
        {
            InputModes.Read(now.Schema.Description).Settle(input, order.Options.ContainsKey);
        }
        await RequirePriceAsync(order, model, input, jobCancelled);
        var body = new JsonObject { ["input"] = input, ["idempotency_key"] = order.Key };
        if (webhook is not null)
        {
            body["webhook"] = webhook.AbsoluteUri;
        }
        return new JsonRequest(order, http.At(Path(model)), body);
    }

    /// <summary>Forgets what may have changed there: the model's inputs, and what was uploaded.</summary>
    public void Forget(GenerationOrder order)
    {
        models.Forget(JsonWire.PathOf(order));
        files.Forget(order);
    }

    private async Task RequirePriceAsync(GenerationOrder order, string model, JsonObject input, CancellationToken jobCancelled)
    {
        try
        {
            PriceCheck.Require(Provider, Rounded(order), await prices.AskAsync(model, input, jobCancelled));
        }
        catch (ProviderException e) when (e.Code == ErrorCode.UnsupportedByModel)
        {
            // Where a sound is to be measured first, a refusal may mean no more than that; what is wrong, the request itself is told.
            if (order.Audio is null)
            {
                Forget(order);
                throw;
            }
        }
    }

    // A sound is measured there once more: a started second may be paid whole.
    private static GenerationOrder Rounded(GenerationOrder order) => order.Audio is null
        ? order
        : order with { Settings = order.Settings with { InputSeconds = Math.Ceiling(order.Settings.InputSeconds) } };
}
