using System.Net.Http.Headers;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Bfl;

/// <summary>Adds Black Forest Labs.</summary>
public static class BflRegistration
{
    /// <summary>Black Forest Labs, as the program's list names it. What its keys look like is not published.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("bfl", "BFL_API_KEY", KeyShape: null, Make);

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, BflProvider.Api, options.Apply(BflProvider.Usual), Authorize, time);
        var errors = new BflErrors(http, options.KeyVariable, time);
        return new ProviderServices(
            new BflProvider(options, http, errors, new BflAddresses(options, http)),
            new EmbeddedModels(typeof(BflRegistration).Assembly, "bfl"));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) => headers.Add("x-key", key.Reveal());
}
