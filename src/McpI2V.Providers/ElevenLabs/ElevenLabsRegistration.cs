using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>Adds ElevenLabs.</summary>
public static partial class ElevenLabsRegistration
{
    // How long an upload is kept is not published; half a day is enough for a batch.
    private static readonly TimeSpan UploadsLast = TimeSpan.FromHours(12);

    /// <summary>ElevenLabs, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("elevenlabs", "ELEVENLABS_API_KEY", KeyShape, Make)
    {
        OwnSettings = s => new ElevenLabsSettings(s),
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, ElevenLabsProvider.Api, options.Apply(ElevenLabsProvider.Usual), Authorize, time);
        var errors = new ElevenLabsErrors(http, options.KeyVariable, time);
        var webhooks = options.Own<ElevenLabsSettings>().WebhookSecret is { } secret ? new ElevenLabsWebhooks(secret, time) : null;
        var provider = new ElevenLabsProvider(
            options,
            http,
            errors,
            new ElevenLabsSounds(http, errors, new ElevenLabsVoices(http, errors)),
            new ElevenLabsDubs(http, errors),
            new ElevenLabsFlows(
                http,
                errors,
                new ElevenLabsAssets(http, errors, new UploadMemory(time, UploadsLast)),
                isCalledBack: webhooks is not null && options.WebhookUrl is not null));
        return new ProviderServices(
            provider,
            new EmbeddedModels(typeof(ElevenLabsRegistration).Assembly, "elevenlabs"),
            webhooks);
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) => headers.Add("xi-api-key", key.Reveal());

    [GeneratedRegex(@"\bsk_[a-f0-9]{32,}")]
    private static partial Regex KeyShape();
}
