using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>What a provider adds to the program.</summary>
/// <param name="Provider">Who does its jobs.</param>
/// <param name="Models">Its rows of the catalogue.</param>
/// <param name="Webhooks">Who reads its webhooks; null: it sends none.</param>
public sealed record ProviderServices(IProvider Provider, IModelSource Models, IWebhookReader? Webhooks = null);
