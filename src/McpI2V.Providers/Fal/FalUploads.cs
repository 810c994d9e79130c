using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>fal's storage: a signed address for each file, in parts from 90 MB on (@fal-ai/client 1.10.1, storage.js).</summary>
internal sealed class FalUploads(ProviderHttp http, FalErrors errors, UploadMemory memory)
{
    private static readonly Uri Rest = new("https://rest.fal.ai");
    private const int AsDataUri = 48_000;
    private const long InParts = 90_000_000;
    private const int PartBytes = 10 * 1024 * 1024;

    /// <summary>What fal knows an input by: a data URI for a small one, else its address in fal's storage.</summary>
    public async Task<string> AddressOfAsync(OrderInput input, CancellationToken jobCancelled) => input.Bytes <= AsDataUri
        ? await DataUri.OfAsync(input, jobCancelled)
        : await memory.OnceAsync(
            input.Fingerprint,
            () => input.Bytes > InParts ? UploadInPartsAsync(input) : UploadAsync(input),
            jobCancelled);

    private async Task<string> UploadAsync(OrderInput input)
    {
        var (upload, file) = await BeginAsync(input, "initiate");
        await http.UploadAsync(() => Put(upload, input, 0, input.Bytes), Taken, CancellationToken.None);
        return file;
    }

    private async Task<string> UploadInPartsAsync(OrderInput input)
    {
        var (upload, file) = await BeginAsync(input, "initiate-multipart");
        JsonArray parts = [];
        for (long offset = 0; offset < input.Bytes; offset += PartBytes)
        {
            var number = parts.Count + 1;
            var from = offset;
            var address = Below(upload, $"/{number}");
            var answer = await http.UploadAsync(
                () => Put(address, input, from, Math.Min(PartBytes, input.Bytes - from)),
                Taken,
                CancellationToken.None);
            JsonNode part = new JsonObject
            {
                ["partNumber"] = number,
                ["etag"] = answer.Header("etag") ?? answer.Json?["etag"]?.ToString(),
            };
            parts.Add(part);
        }
        var body = new JsonObject { ["parts"] = parts };
        var done = Below(upload, "/complete");
        await http.UploadAsync(
            () => new HttpRequestMessage(HttpMethod.Post, done) { Content = JsonRequest.Content(body) },
            Taken,
            CancellationToken.None);
        return file;
    }

    private async Task<(Uri Upload, string File)> BeginAsync(OrderInput input, string how)
    {
        var body = new JsonObject { ["content_type"] = input.Format.MimeType, ["file_name"] = input.Handle + input.Format.Extension };
        var answer = await http.UploadAsync(
            () =>
            {
                var request = new HttpRequestMessage(HttpMethod.Post, http.At($"storage/upload/{how}?storage_type=fal-cdn-v3", Rest))
                {
                    Content = JsonRequest.Content(body),
                };
                http.Authorize(request);
                return request;
            },
            errors.Judge,
            CancellationToken.None);
        var file = answer.Json?["file_url"]?.ToString();
        return Uri.TryCreate(file, UriKind.Absolute, out _)
            ? (http.ForUpload(answer.Json?["upload_url"]?.ToString()), file)
            : throw new ProviderException(ErrorCode.ProviderFailed, "fal named no address for the upload", Acceptance.No)
            {
                IsPassing = true,
            };
    }

    // The signed address carries a query, which belongs behind the added path.
    private static Uri Below(Uri address, string path) => new UriBuilder(address) { Path = address.AbsolutePath + path }.Uri;

    private static HttpRequestMessage Put(Uri address, OrderInput input, long offset, long length)
    {
        var content = new StreamContent(new FilePart(input.Path, offset, length));
        content.Headers.ContentType = new MediaTypeHeaderValue(input.Format.MimeType);
        content.Headers.ContentLength = length;
        return new HttpRequestMessage(HttpMethod.Put, address) { Content = content };
    }

    private ProviderException? Taken(ProviderAnswer answer) => answer.IsSuccess ? null : errors.Judge(answer);
}
