using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// Hedra's files: the signed address that an upload is answered with is its name, to the letter, for an hour. Addresses of anybody else
/// are refused (OpenAPI document 3.9.0, <c>POST /files</c>).
/// </summary>
internal sealed class HedraFiles(ProviderHttp http, HedraErrors errors, UploadMemory memory)
{
    /// <summary>The name of an input at Hedra.</summary>
    public Task<string> AddressOfAsync(OrderInput input, CancellationToken jobCancelled) =>
        memory.OnceAsync(input.Fingerprint, () => UploadAsync(input), jobCancelled);

    /// <summary>Forgets an upload that may be gone there.</summary>
    public void Forget(OrderInput input) => memory.Forget(input.Fingerprint);

    private async Task<string> UploadAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(
            () => http.Request(
                HttpMethod.Post,
                http.At("files"),
                new MultipartFormDataContent { { OrderInputs.ContentOf(input), "file", input.Handle + input.Format.Extension } }),
            errors.Judge,
            CancellationToken.None);
        return answer.Json?["url"]?.ToString() is { Length: > 0 } address
            ? address
            : throw new ProviderException(ErrorCode.ProviderFailed, "hedra named no address for the upload", Acceptance.No)
            {
                IsPassing = true,
            };
    }
}
