using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Higgsfield;

/// <summary>Files at Higgsfield: an address to send each to, with headers that were signed (`@higgsfield/client` 0.2.6).</summary>
internal sealed class HiggsfieldUploads(ProviderHttp http, HiggsfieldErrors errors, UploadMemory memory)
{
    /// <summary>The address of an input at Higgsfield.</summary>
    public Task<string> AddressOfAsync(OrderInput input, CancellationToken jobCancelled) =>
        memory.OnceAsync(input.Fingerprint, () => UploadAsync(input), jobCancelled);

    /// <summary>Forgets an upload that may be gone there.</summary>
    public void Forget(OrderInput input) => memory.Forget(input.Fingerprint);

    private async Task<string> UploadAsync(OrderInput input)
    {
        var wanted = new JsonObject { ["content_type"] = input.Format.MimeType };
        var place = await http.UploadAsync(
            () => http.Request(HttpMethod.Post, http.At("files/generate-upload-url"), JsonRequest.Content(wanted)),
            errors.Judge,
            CancellationToken.None);
        var address = http.ForUpload(place.Json?["upload_url"]?.ToString());
        await http.UploadAsync(
            () => SignedUpload.Of(address, place.Json?["upload_headers"] as JsonObject, input),
            answer => answer.IsSuccess ? null : errors.Judge(answer),
            CancellationToken.None);
        return Uri.TryCreate(place.Json?["public_url"]?.ToString(), UriKind.Absolute, out var hosted)
            ? hosted.AbsoluteUri
            : throw new ProviderException(ErrorCode.ProviderFailed, "higgsfield named no address for the upload", Acceptance.No)
            {
                IsPassing = true,
            };
    }
}
