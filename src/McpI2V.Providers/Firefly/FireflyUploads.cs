using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>
/// Firefly's storage: a JPEG, PNG or WebP to 15 MB, kept for seven days (<c>POST /v2/storage/image</c>, Adobe's OpenAPI).
/// </summary>
internal sealed class FireflyUploads(ProviderHttp http, FireflyErrors errors, UploadMemory memory)
    : InputUploads("firefly named no id for the upload", memory)
{
    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(
            () => http.Request(HttpMethod.Post, http.At("v2/storage/image"), OrderInputs.ContentOf(input)),
            errors.Judge,
            CancellationToken.None);
        return (answer.Json!["images"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault()?["id"]?.ToString();
    }
}
