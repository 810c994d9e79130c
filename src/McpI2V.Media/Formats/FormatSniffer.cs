using System.Buffers.Binary;
using System.Text;

namespace McpI2V.Media.Formats;

/// <summary>Tells a file's format by its first bytes, and names what else people try to pass.</summary>
public static class FormatSniffer
{
    /// <summary>How many leading bytes are enough.</summary>
    public const int HeadLength = 4096;

    /// <summary>So many leading bytes of a file, fewer of a short one.</summary>
    public static async Task<byte[]> HeadOfAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        var head = new byte[HeadLength];
        var read = await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancellationToken);
        return head[..read];
    }

    /// <summary>The format of a file that begins with these bytes.</summary>
    /// <exception cref="MediaException">It is none that this program reads; the message says what it looks like.</exception>
    public static MediaFormat Sniff(ReadOnlySpan<byte> head)
    {
        if (head.IsEmpty)
        {
            throw new MediaException(MediaFault.Unreadable, "the file is empty; give another");
        }
        return Known(head)
            ?? throw new MediaException(MediaFault.Unreadable, $"{Describe(head)}. Use {MediaFormat.Names(MediaKind.Still)} for " +
                $"stills, {MediaFormat.Names(MediaKind.Clip)} for clips, {MediaFormat.Names(MediaKind.Audio)} for audio");
    }

    private static MediaFormat? Known(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]))
        {
            return MediaFormat.Jpeg;
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
        {
            return MediaFormat.Png;
        }
        if (head.StartsWith("GIF87a"u8) || head.StartsWith("GIF89a"u8))
        {
            return MediaFormat.Gif;
        }
        if (head.Length >= 12 && head.StartsWith("RIFF"u8))
        {
            return head[8..].StartsWith("WEBP"u8) ? MediaFormat.WebP : head[8..].StartsWith("WAVE"u8) ? MediaFormat.Wav : null;
        }
        if (head.StartsWith("BM"u8)
            && head.Length >= 26
            && BinaryPrimitives.ReadUInt32LittleEndian(head[14..]) is 12 or 40 or 52 or 56 or 64 or 108 or 124)
        {
            return MediaFormat.Bmp;
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0x49, 0x49, 0x2A, 0x00]) || head.StartsWith((ReadOnlySpan<byte>)[0x4D, 0x4D, 0x00, 0x2A]))
        {
            return MediaFormat.Tiff;
        }
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1A, 0x45, 0xDF, 0xA3]))
        {
            return MediaFormat.WebM;
        }
        if (head.Length >= 12 && head[4..].StartsWith("ftyp"u8))
        {
            return Boxed(head);
        }
        if (head.Length >= 8 && (head[4..].StartsWith("moov"u8) || head[4..].StartsWith("wide"u8) || head[4..].StartsWith("mdat"u8)))
        {
            return MediaFormat.Mov;
        }
        var isMpegAudio = head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x06) == 0x02;
        return head.StartsWith("ID3"u8) || isMpegAudio ? MediaFormat.Mp3 : null;
    }

    private static MediaFormat? Boxed(ReadOnlySpan<byte> head)
    {
        var end = (int)Math.Min(head.Length, BinaryPrimitives.ReadUInt32BigEndian(head));
        var brand = Encoding.Latin1.GetString(head[8..12]);
        if (brand is "avif" or "avis" || (brand is "mif1" or "msf1" && head[..end].IndexOf("avif"u8) > 0))
        {
            return MediaFormat.Avif;
        }
        return brand switch
        {
            "heic" or "heix" or "heim" or "heis" or "hevc" or "mif1" or "msf1" => null,
            "M4A " or "M4B " => MediaFormat.M4a,
            "qt  " => MediaFormat.Mov,
            _ => MediaFormat.Mp4,
        };
    }

    private static string Describe(ReadOnlySpan<byte> head)
    {
        var text = Encoding.UTF8.GetString(head[..Math.Min(head.Length, 1024)]).TrimStart('\uFEFF', ' ', '\t', '\r', '\n');
        if (text.StartsWith("#EXTM3U", StringComparison.Ordinal))
        {
            return "this is an HLS playlist, not a media file, and playlists are never followed";
        }
        if (text.StartsWith("ffconcat", StringComparison.OrdinalIgnoreCase))
        {
            return "this is an ffmpeg concat script, not a media file, and scripts are never followed";
        }
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
        {
            return "this is an SVG drawing, which is not read here; export it as PNG";
        }
        if (text.StartsWith("<!doctype html", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("<html", StringComparison.OrdinalIgnoreCase))
        {
            return "this is a web page, not a media file; give the address of the picture itself";
        }
        if (head.Length >= 12 && head[4..].StartsWith("ftyphei"u8))
        {
            return "this is a HEIC photograph, which ffmpeg does not read; export it as JPEG";
        }
        if (text.StartsWith("%PDF", StringComparison.Ordinal))
        {
            return "this is a PDF document; export the page as PNG";
        }
        var isText = head[..Math.Min(head.Length, 512)].IndexOfAnyInRange((byte)0, (byte)8) < 0;
        return isText ? "this is a text file, whatever its name says" : "the first bytes are of no format that is read here";
    }
}
