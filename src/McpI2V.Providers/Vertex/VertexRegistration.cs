using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>Adds Google's Agent Platform, which was called Vertex AI.</summary>
public static partial class VertexRegistration
{
    // Objects stay until their owner clears them away.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(12);

    /// <summary>The platform, as the program's list names it; the variable is that of Google's own libraries.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("vertex", "GOOGLE_APPLICATION_CREDENTIALS", KeyShape, Make)
    {
        KeyIsFile = true,
        OwnSettings = s => new VertexSettings(s),
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var settings = options.Own<VertexSettings>();
        var limits = options.Apply(VertexProvider.Usual);
        // The library signs by itself; no header of ours is in its requests.
        var tokens = new VertexTokens(new ProviderHttp(options, VertexTokens.Home, limits, (_, _) => { }, time), options, time);
        var access = new AccessTokens(options.Name, tokens.AskAsync, time);
        var http = Way(VertexAddresses.HostOf(settings.Location));
        var errors = new VertexErrors(http, options.KeyVariable, time);
        var storage = new VertexStorage(settings.Bucket, Way(VertexStorage.Home), errors, new UploadMemory(time, UploadLifetime));
        return new ProviderServices(
            new VertexProvider(options, http, errors, storage, tokens, new ApiKeyCheck()),
            new EmbeddedModels(typeof(VertexRegistration).Assembly, options.Name)
            {
                AlsoCalled = ["vertex ai", "google vertex", "google vertex ai", "google cloud", "agent platform"],
            });

        ProviderHttp Way(Uri home) => new(options, home, limits, Authorize, time, access);

        void Authorize(HttpRequestHeaders headers, Secret token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
            if (tokens.NamedProject is { } project)
            {
                headers.Add("x-goog-user-project", project);
            }
        }
    }

    // A private key, whole or to its end in a line, and a token.
    [GeneratedRegex(@"-----BEGIN [A-Z ]*PRIVATE KEY-----[^-]*(-----END [A-Z ]*PRIVATE KEY-----)?|\bya29\.[A-Za-z0-9_.-]{20,}")]
    private static partial Regex KeyShape();
}
