namespace McpI2V.Media.Formats;

/// <summary>A file format that this program reads, as its first bytes show it; the file's name is never asked.</summary>
/// <param name="Name">The name people use.</param>
/// <param name="Kind">What such a file holds.</param>
/// <param name="MimeType">Its media type.</param>
/// <param name="Extension">The extension it gets in the library, with the dot.</param>
/// <param name="Demuxer">The one ffmpeg demuxer that may open it.</param>
public sealed record MediaFormat(string Name, MediaKind Kind, string MimeType, string Extension, string Demuxer)
{
    public static readonly MediaFormat Jpeg = new("JPEG", MediaKind.Still, "image/jpeg", ".jpg", "jpeg_pipe");
    public static readonly MediaFormat Png = new("PNG", MediaKind.Still, "image/png", ".png", "png_pipe");
    public static readonly MediaFormat WebP = new("WebP", MediaKind.Still, "image/webp", ".webp", "webp_pipe");
    public static readonly MediaFormat Gif = new("GIF", MediaKind.Still, "image/gif", ".gif", "gif");
    public static readonly MediaFormat Bmp = new("BMP", MediaKind.Still, "image/bmp", ".bmp", "bmp_pipe");
    public static readonly MediaFormat Tiff = new("TIFF", MediaKind.Still, "image/tiff", ".tiff", "tiff_pipe");
    public static readonly MediaFormat Avif = new("AVIF", MediaKind.Still, "image/avif", ".avif", "mov");
    public static readonly MediaFormat Mp4 = new("MP4", MediaKind.Clip, "video/mp4", ".mp4", "mov");
    public static readonly MediaFormat Mov = new("MOV", MediaKind.Clip, "video/quicktime", ".mov", "mov");
    public static readonly MediaFormat WebM = new("WebM", MediaKind.Clip, "video/webm", ".webm", "matroska");
    public static readonly MediaFormat Wav = new("WAV", MediaKind.Audio, "audio/wav", ".wav", "wav");
    public static readonly MediaFormat Mp3 = new("MP3", MediaKind.Audio, "audio/mpeg", ".mp3", "mp3");
    public static readonly MediaFormat M4a = new("M4A", MediaKind.Audio, "audio/mp4", ".m4a", "mov");

    /// <summary>Every format, for messages and for looking one up.</summary>
    public static readonly IReadOnlyList<MediaFormat> All = [Jpeg, Png, WebP, Gif, Bmp, Tiff, Avif, Mp4, Mov, WebM, Wav, Mp3, M4a];

    /// <summary>The format with this media type.</summary>
    public static MediaFormat OfMimeType(string mimeType) => All.First(f => f.MimeType == mimeType);

    /// <summary>The formats of one kind, for a message.</summary>
    public static string Names(MediaKind kind) => string.Join(", ", All.Where(f => f.Kind == kind).Select(f => f.Name));

    /// <summary>True for the formats built of ISO base media boxes, whose completeness can be checked by walking them.</summary>
    internal bool IsBoxed => Demuxer == "mov";
}
