using System.Net.Http.Headers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Ark;

/// <summary>Adds BytePlus ModelArk and Volcengine Ark.</summary>
public static class ArkRegistration
{
    /// <summary>Ark, as the program's list names it. Its keys have no shape that is told.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "ark",
        "ARK_API_KEY",
        null,
        Make)
    {
        OwnSettings = s => new ArkSettings(s),
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var region = ArkRegion.Named(options.Own<ArkSettings>().Region);
        var http = new ProviderHttp(options, region.Api, options.Apply(ArkProvider.Usual), Authorize, time);
        var errors = new ArkErrors(http, region, options.KeyVariable, time);
        return new ProviderServices(
            new ArkProvider(
                options,
                http,
                region,
                new ArkClips(http, errors, region),
                new ArkStills(http, errors, region)),
            new ArkModels(region));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());
}
