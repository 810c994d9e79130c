using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>Adds OpenAI.</summary>
public static partial class OpenAIRegistration
{
    /// <summary>OpenAI, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "openai",
        "OPENAI_API_KEY",
        KeyShape,
        (options, time) => new ProviderServices(
            Make(options, time),
            new EmbeddedModels(typeof(OpenAIRegistration).Assembly, "openai", OpenAIJson.Default.OpenAIWire)));

    /// <summary>Writes a bearer token.</summary>
    internal static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

    private static OpenAIProvider Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, OpenAIProvider.Api, options.Apply(OpenAIProvider.Usual), Authorize, time);
        var errors = new OpenAIErrors(http, "openai", options.KeyVariable, time);
        return new OpenAIProvider(options, http, errors, new OpenAIModels(http, errors, time));
    }

    [GeneratedRegex(@"\bsk-[A-Za-z0-9_-]{8,}")]
    private static partial Regex KeyShape();
}
