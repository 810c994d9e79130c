using System.Buffers.Binary;
using System.Text;

namespace McpI2V.Media.Stills;

/// <summary>Writes a comment segment into a JPEG (ITU-T T.81, B.2.4.5), right after its start.</summary>
internal static class JpegComment
{
    private const int Longest = 60_000;

    public static async Task WriteAsync(string path, string comment, CancellationToken cancellationToken)
    {
        var jpeg = await File.ReadAllBytesAsync(path, cancellationToken);
        var text = Encoding.UTF8.GetBytes(comment);
        text = text.Length <= Longest ? text : text[..Longest];
        var head = new byte[] { 0xFF, 0xD8, 0xFF, 0xFE, 0, 0 };
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(4), (ushort)(text.Length + 2));
        await using var file = File.Create(path);
        await file.WriteAsync(head, cancellationToken);
        await file.WriteAsync(text, cancellationToken);
        await file.WriteAsync(jpeg.AsMemory(2), cancellationToken);
    }
}
