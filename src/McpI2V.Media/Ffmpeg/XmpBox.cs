using System.Buffers.Binary;
using System.Text;

namespace McpI2V.Media.Ffmpeg;

/// <summary>
/// Says in a file's own metadata that a generative model made or changed it: IPTC's Digital Source Type as XMP (Photo Metadata Standard
/// 2025.1), in the box that XMP part 3 (2020), 3.5, has for ISO base media files. The platforms that label such posts read this.
/// </summary>
internal static class XmpBox
{
    private const string Packet =
        "<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?><x:xmpmeta xmlns:x=\"adobe:ns:meta/\">" +
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\"><rdf:Description rdf:about=\"\" " +
        "xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\"><Iptc4xmpExt:DigitalSourceType>" +
        "http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>" +
        "</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end=\"r\"?>";

    private static readonly byte[] Uuid =
        [0xBE, 0x7A, 0xCF, 0xCB, 0x97, 0xA9, 0x42, 0xE8, 0x9C, 0x71, 0x99, 0x94, 0x91, 0xE3, 0xAF, 0xAC];

    public static async Task AppendAsync(string path, CancellationToken cancellationToken)
    {
        byte[] content = [.. "uuid"u8, .. Uuid, .. Encoding.UTF8.GetBytes(Packet)];
        var length = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(length, content.Length + 4);
        await using var file = new FileStream(path, FileMode.Append, FileAccess.Write);
        await file.WriteAsync(length, cancellationToken);
        await file.WriteAsync(content, cancellationToken);
    }
}
