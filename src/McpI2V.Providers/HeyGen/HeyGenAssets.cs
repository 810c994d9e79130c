using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.HeyGen;

/// <summary>
/// HeyGen's assets: pictures as PNG or JPEG, sounds as MP3 or WAV, to 32 MB (heygen-cli 2026-07, <c>POST /v3/assets</c>).
/// </summary>
internal sealed class HeyGenAssets(ProviderHttp http, HeyGenErrors errors, UploadMemory memory)
    : InputUploads("heygen named no id for the upload", memory)
{
    /// <summary>Passes for a sound of a kind that HeyGen takes, or for none.</summary>
    /// <exception cref="ProviderException">It takes no such sound.</exception>
    public static void RequireSound(OrderInput? sound)
    {
        if (sound is not null && sound.Format != MediaFormat.Mp3 && sound.Format != MediaFormat.Wav)
        {
            throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"audio {sound.Handle} is {sound.Format.MimeType}, and heygen takes MP3 and WAV. Give it as one of these",
                Acceptance.No);
        }
    }

    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var answer = await http.UploadAsync(
            () => http.Request(
                HttpMethod.Post,
                http.At("v3/assets"),
                new MultipartFormDataContent { { OrderInputs.ContentOf(input), "file", input.Handle + input.Format.Extension } }),
            errors.Judge,
            CancellationToken.None);
        return HeyGenVideo.DataOf(answer)["asset_id"]?.ToString();
    }
}
