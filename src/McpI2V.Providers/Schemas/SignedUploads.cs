using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Schemas;

/// <summary>
/// Files at a provider that takes addresses alone: it is asked for a place, signed for itself, with the headers that were signed; the key
/// does not go there.
/// </summary>
/// <param name="provider">The provider.</param>
/// <param name="http">Asks it.</param>
/// <param name="judge">What its answers mean.</param>
/// <param name="memory">Remembers what was sent.</param>
/// <param name="words">How it spells places.</param>
internal sealed class SignedUploads(
    string provider,
    ProviderHttp http,
    Func<ProviderAnswer, ProviderException?> judge,
    UploadMemory memory,
    PlaceWords words) : InputUploads($"{provider} named no address for the upload", memory)
{
    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var wanted = words.Wanted(input);
        var place = await http.UploadAsync(
            () => http.Request(HttpMethod.Post, http.At(words.Path), JsonRequest.Content(wanted)),
            judge,
            CancellationToken.None);
        var address = http.ForUpload(place.Json?["upload_url"]?.ToString());
        await http.UploadAsync(
            () => Put(address, place.Json?[words.Headers] as JsonObject, input),
            answer => answer.IsSuccess ? null : judge(answer),
            CancellationToken.None);
        return Uri.TryCreate(place.Json?[words.Address]?.ToString(), UriKind.Absolute, out var hosted) ? hosted.AbsoluteUri : null;
    }

    private static HttpRequestMessage Put(Uri address, JsonObject? headers, OrderInput input)
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

/// <summary>How a provider spells the place of an upload.</summary>
/// <param name="Path">Where a place is asked for.</param>
/// <param name="Headers">The member that holds the headers that were signed.</param>
/// <param name="Address">The member that holds the file's own address.</param>
/// <param name="Wanted">What is said of the file.</param>
internal sealed record PlaceWords(string Path, string Headers, string Address, Func<OrderInput, JsonObject> Wanted);
