using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Pika;

/// <summary>Files at Pika: an operation takes addresses on https alone, so each is uploaded first.</summary>
internal sealed class PikaUploads(ProviderHttp http, PikaErrors errors, UploadMemory memory)
{
    /// <summary>The address of an input at Pika.</summary>
    public Task<string> AddressOfAsync(OrderInput input, CancellationToken jobCancelled) =>
        memory.OnceAsync(input.Fingerprint, () => UploadAsync(input), jobCancelled);

    /// <summary>Forgets an upload that may be gone there.</summary>
    public void Forget(OrderInput input) => memory.Forget(input.Fingerprint);

    private async Task<string> UploadAsync(OrderInput input)
    {
        var wanted = new JsonObject { ["content_type"] = input.Format.MimeType, ["size_bytes"] = input.Bytes };
        var place = await http.UploadAsync(
            () => http.Request(HttpMethod.Post, http.At("v1/media/uploads"), JsonRequest.Content(wanted)),
            errors.Judge,
            CancellationToken.None);
        var address = http.ForUpload(place.Json?["upload_url"]?.ToString());
        await http.UploadAsync(
            () => SignedUpload.Of(address, place.Json?["headers"] as JsonObject, input),
            answer => answer.IsSuccess ? null : errors.Judge(answer),
            CancellationToken.None);
        return Uri.TryCreate(place.Json?["url"]?.ToString(), UriKind.Absolute, out var hosted)
            ? hosted.AbsoluteUri
            : throw new ProviderException(ErrorCode.ProviderFailed, "pika named no address for the upload", Acceptance.No)
            {
                IsPassing = true,
            };
    }
}
