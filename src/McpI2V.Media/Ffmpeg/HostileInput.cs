using System.Globalization;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Ffmpeg;

/// <summary>
/// The flags that stand before every input. A file from outside may try to open other files, reach the network, pick an
/// obscure decoder or claim absurd dimensions; each of these is refused before anything is decoded.
/// </summary>
internal static class HostileInput
{
    /// <summary>The most pixels a still may have: 64 Mi, four times a 16 MP photograph.</summary>
    public const int MaxStillPixels = 67_108_864;

    /// <summary>The most a frame of a clip may have, of which a decoder holds many: 8192x4320, which is 8K of the cinema.</summary>
    public const int MaxFramePixels = 35_389_440;

    private const string Decoders =
        "h264,hevc,mpeg4,vp8,vp9,libvpx,libvpx-vp9,av1,libdav1d,libaom-av1,prores,mjpeg,png,webp,gif,bmp,tiff,rawvideo," +
        "aac,mp3,mp3float,opus,libopus,vorbis,flac,alac,ac3,pcm_s16le,pcm_s24le,pcm_s32le,pcm_u8,pcm_f32le,pcm_s16be,pcm_alaw,pcm_mulaw";

    /// <summary>The most pixels a picture of a file may have.</summary>
    public static int MaxPixels(MediaFormat format) => format.Kind == MediaKind.Still ? MaxStillPixels : MaxFramePixels;

    public static IEnumerable<string> Flags(MediaFormat format) =>
    [
        "-protocol_whitelist", "file",
        "-format_whitelist", format.Demuxer,
        "-codec_whitelist", Decoders,
        "-max_pixels", MaxPixels(format).ToString(CultureInfo.InvariantCulture),
        "-f", format.Demuxer,
    ];
}
