using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Replicate;

/// <summary>
/// Replicate's files: an input is always sent as the address of an upload, never inside the request, so that a lost request can be found
/// again by what it holds (`replicate` 1.4.0, files.js).
/// </summary>
internal sealed class ReplicateFiles(ProviderHttp http, ReplicateErrors errors, UploadMemory memory)
    : InputUploads("replicate named no address for the upload", memory)
{
    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(
            () => http.Request(
                HttpMethod.Post,
                http.At("files"),
                new MultipartFormDataContent
                {
                    { OrderInputs.ContentOf(input), "content", input.Handle + input.Format.Extension },
                    { new StringContent("{}", Encoding.UTF8, "application/json"), "metadata" },
                }),
            errors.Judge,
            CancellationToken.None);
        return Uri.TryCreate((answer.Json?["urls"] as JsonObject)?["get"]?.ToString(), UriKind.Absolute, out var address)
            ? address.AbsoluteUri
            : null;
    }
}
