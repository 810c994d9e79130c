using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Gemini;

/// <summary>Adds Gemini.</summary>
public static partial class GeminiRegistration
{
    // Files live for 48 hours.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(40);

    /// <summary>Gemini, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "gemini",
        "GEMINI_API_KEY",
        KeyShape,
        (options, time) => new ProviderServices(
            Make(options, time),
            new EmbeddedModels(typeof(GeminiRegistration).Assembly, "gemini", GeminiJson.Default.GeminiWire)));

    private static GeminiProvider Make(ProviderOptions options, TimeProvider time)
    {
        var limits = options.Apply(GeminiProvider.Usual);
        // In a header: a key in a query ends in logs.
        var http = new ProviderHttp(
            options,
            GeminiProvider.Api,
            limits,
            (headers, key) => headers.Add("x-goog-api-key", key.Reveal()),
            time);
        var errors = new GeminiErrors(http, options.KeyVariable, time);
        var files = new GeminiFiles(http, errors, new UploadMemory(time, UploadLifetime), limits, time);
        return new GeminiProvider(options, http, errors, new GeminiStills(http, errors, files), new GeminiClips(http, errors, files));
    }

    [GeneratedRegex(@"\bAIza[A-Za-z0-9_-]{20,}")]
    private static partial Regex KeyShape();
}
