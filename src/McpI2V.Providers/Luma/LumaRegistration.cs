using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Luma;

/// <summary>Adds Luma.</summary>
public static partial class LumaRegistration
{
    /// <summary>Luma, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "luma",
        "LUMA_AGENTS_API_KEY",
        KeyShape,
        (options, time) => new ProviderServices(Make(options, time), new EmbeddedModels(typeof(LumaRegistration).Assembly, "luma")));

    private static LumaProvider Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, LumaProvider.Api, options.Apply(LumaProvider.Usual), Authorize, time);
        return new LumaProvider(options, http, new LumaErrors(http, options.KeyVariable, time), new ApiKeyCheck());
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

    [GeneratedRegex(@"\bluma-api-[A-Za-z0-9_-]{8,}")]
    private static partial Regex KeyShape();
}
