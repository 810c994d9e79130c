using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// Hedra's files: the signed address that an upload is answered with is its name, to the letter, for an hour. Addresses of anybody else
/// are refused (OpenAPI document 3.9.0, <c>POST /files</c>).
/// </summary>
internal sealed class HedraFiles(ProviderHttp http, HedraErrors errors, UploadMemory memory)
    : InputUploads("hedra named no address for the upload", memory)
{
    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(
            () => http.Request(
                HttpMethod.Post,
                http.At("files"),
                new MultipartFormDataContent { { OrderInputs.ContentOf(input), "file", input.Handle + input.Format.Extension } }),
            errors.Judge,
            CancellationToken.None);
        return answer.Json?["url"]?.ToString();
    }
}
