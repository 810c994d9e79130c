using McpI2V.Media.Probing;

namespace McpI2V.Media.Ffmpeg;

/// <summary>
/// The flags that stand before every input. A file from outside may try to open other files, reach the network, pick an
/// obscure decoder or claim absurd dimensions; each of these is refused before anything is decoded.
/// </summary>
internal static class HostileInput
{
    /// <summary>The most pixels a picture may have: 64 Mi, four times a 16 MP photograph.</summary>
    public const int MaxPixels = 67_108_864;

    private const string Decoders =
        "h264,hevc,mpeg4,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,prores,mjpeg,png,webp,gif,bmp,tiff,rawvideo," +
        "aac,mp3,mp3float,opus,libopus,vorbis,flac,alac,ac3,pcm_s16le,pcm_s24le,pcm_s32le,pcm_u8,pcm_f32le,pcm_s16be,pcm_alaw,pcm_mulaw";

    public static IEnumerable<string> Flags(MediaFormat format) =>
    [
        "-protocol_whitelist", "file",
        "-format_whitelist", format.Demuxer,
        "-codec_whitelist", Decoders,
        "-max_pixels", MaxPixels.ToString(),
        "-f", format.Demuxer,
    ];
}
