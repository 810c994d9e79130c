using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Gemini;

/// <summary>
/// Google's Files API: a resumable upload, then waiting until the file is ACTIVE; files live for 48 hours (@google/genai 3.1.0, uploader).
/// </summary>
internal sealed class GeminiFiles(ProviderHttp http, GeminiErrors errors, UploadMemory memory, ProviderLimits limits, TimeProvider time)
{
    private static readonly TimeSpan MostProcessing = TimeSpan.FromMinutes(5);

    /// <summary>The address Google knows a file by.</summary>
    public Task<string> AddressOfAsync(OrderInput input, CancellationToken jobCancelled) =>
        memory.OnceAsync(input.Fingerprint, () => UploadAsync(input), jobCancelled);

    private async Task<string> UploadAsync(OrderInput input)
    {
        var begun = await http.UploadAsync(() => Begin(input), errors.Judge, CancellationToken.None);
        var place = begun.Header("x-goog-upload-url");
        var address = Uri.TryCreate(place, UriKind.Absolute, out var given) ? http.Own(given) : http.ForUpload(place);
        var sent = await http.UploadAsync(() => Bytes(address, input), errors.Judge, CancellationToken.None);
        return await ActiveAsync(sent.Json?["file"] as JsonObject);
    }

    private async Task<string> ActiveAsync(JsonObject? file)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var (name, uri) = (file?["name"]?.ToString(), file?["uri"]?.ToString());
            if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(uri))
            {
                throw new ProviderException(ErrorCode.ProviderFailed, "gemini gave the upload no name", Acceptance.No) { IsPassing = true };
            }
            switch (file!["state"]?.ToString())
            {
                case "PROCESSING" when time.GetElapsedTime(started) < MostProcessing:
                    await Task.Delay(limits.PollEvery, time, CancellationToken.None);
                    file = (await http.AskAsync(() => Get("v1beta/" + name), errors.Judge, CancellationToken.None)).Json;
                    continue;
                case "PROCESSING" or "FAILED":
                    throw new ProviderException(
                        ErrorCode.ProviderRefused,
                        $"gemini could not read an input: \"{http.Safe(file["error"]?["message"]?.ToString())}\"",
                        Acceptance.No);
                default:
                    return uri;
            }
        }
    }

    private HttpRequestMessage Begin(OrderInput input)
    {
        var body = new JsonObject { ["file"] = new JsonObject { ["display_name"] = input.Handle, ["mimeType"] = input.Format.MimeType } };
        var request = new HttpRequestMessage(HttpMethod.Post, http.At("upload/v1beta/files")) { Content = JsonRequest.Content(body) };
        request.Headers.Add("X-Goog-Upload-Protocol", "resumable");
        request.Headers.Add("X-Goog-Upload-Command", "start");
        request.Headers.Add("X-Goog-Upload-Header-Content-Length", input.Bytes.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add("X-Goog-Upload-Header-Content-Type", input.Format.MimeType);
        http.Authorize(request);
        return request;
    }

    private HttpRequestMessage Bytes(Uri address, OrderInput input)
    {
        var content = new StreamContent(File.OpenRead(input.Path));
        content.Headers.ContentType = new MediaTypeHeaderValue(input.Format.MimeType);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = content };
        request.Headers.Add("X-Goog-Upload-Offset", "0");
        request.Headers.Add("X-Goog-Upload-Command", "upload, finalize");
        http.Authorize(request);
        return request;
    }

    private HttpRequestMessage Get(string path) => http.Request(HttpMethod.Get, http.At(path));
}
