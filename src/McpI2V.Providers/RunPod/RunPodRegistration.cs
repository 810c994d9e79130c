using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.RunPod;

/// <summary>Adds RunPod.</summary>
public static partial class RunPodRegistration
{
    /// <summary>RunPod, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "runpod",
        "RUNPOD_API_KEY",
        KeyShape,
        (options, time) => new ProviderServices(
            Make(options, time),
            new EmbeddedModels(typeof(RunPodRegistration).Assembly, "runpod")));

    private static RunPodProvider Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, RunPodProvider.Api, options.Apply(RunPodProvider.Usual), Authorize, time);
        return new RunPodProvider(options, http, new RunPodErrors(http, options.KeyVariable, time), new ApiKeyCheck());
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

    [GeneratedRegex(@"\brpa_[A-Za-z0-9]{16,}")]
    private static partial Regex KeyShape();
}
