using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>Adds xAI.</summary>
public static partial class XaiRegistration
{
    /// <summary>xAI, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("xai", "XAI_API_KEY", KeyShape, Make)
    {
        OwnSettings = s => new XaiSettings(s),
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var settings = options.Own<XaiSettings>();
        var http = new ProviderHttp(options, XaiProvider.Api, options.Apply(XaiProvider.UsualWith(settings)), Authorize, time);
        var errors = new XaiErrors(http, options.KeyVariable, time);
        var files = new XaiFiles(http, errors, new UploadMemory(time, XaiFiles.UploadLifetime / 2));
        return new ProviderServices(
            new XaiProvider(options, settings, http, errors, new XaiClips(http, errors, files, settings), new XaiStills(http, errors)),
            new EmbeddedModels(typeof(XaiRegistration).Assembly, "xai"));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

    [GeneratedRegex(@"\bxai-[A-Za-z0-9_-]{16,}")]
    private static partial Regex KeyShape();
}
