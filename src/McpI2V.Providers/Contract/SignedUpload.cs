using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Contract;

/// <summary>The upload of a file to an address that is signed for itself, with the headers that were signed; the key does not go there.
/// </summary>
public static class SignedUpload
{
    /// <summary>The request.</summary>
    /// <param name="address">Where the provider said that the file goes.</param>
    /// <param name="headers">The headers that it said go with it.</param>
    /// <param name="input">The file.</param>
    public static HttpRequestMessage Of(Uri address, JsonObject? headers, OrderInput input)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, address)
        {
            Content = new StreamContent(new FilePart(input.Path, 0, input.Bytes)),
        };
        foreach (var (name, value) in headers ?? [])
        {
            // The length is the file's own, and is checked against what was signed.
            if (!name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)
                && value?.ToString() is { } text
                && !request.Content.Headers.TryAddWithoutValidation(name, text))
            {
                request.Headers.TryAddWithoutValidation(name, text);
            }
        }
        request.Content.Headers.ContentLength = input.Bytes;
        if (request.Content.Headers.ContentType is null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", input.Format.MimeType);
        }
        return request;
    }
}
