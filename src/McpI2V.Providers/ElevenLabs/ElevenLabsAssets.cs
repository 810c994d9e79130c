using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>Files that flows refer to: <c>POST v1/assets</c>, a form of the file and its name.</summary>
internal sealed class ElevenLabsAssets(ProviderHttp http, ElevenLabsErrors errors, UploadMemory memory)
    : InputUploads("elevenlabs gave the upload no id", memory)
{
    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(() => Form(input), errors.Judge, CancellationToken.None);
        return answer.Json?["asset_id"]?.ToString();
    }

    private HttpRequestMessage Form(OrderInput input)
    {
        var name = input.Handle + input.Format.Extension;
        var form = new MultipartFormDataContent { { OrderInputs.ContentOf(input), "asset", name }, { new StringContent(name), "name" } };
        return http.Request(HttpMethod.Post, http.At("v1/assets"), form);
    }
}
