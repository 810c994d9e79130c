using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>PNG (third edition): the header chunk, and the orientation of an eXIf chunk wherever it stands.</summary>
internal static class PngHeader
{
    public static StillHeader Read(FileParts file)
    {
        Span<byte> header = stackalloc byte[16];
        file.Read(8, header);
        if (!header[4..8].SequenceEqual("IHDR"u8))
        {
            throw new MediaException(MediaFault.Unreadable, "its header chunk is missing; save it again");
        }
        var orientation = 1;
        foreach (var chunk in PngChunks.ReadFrom(file))
        {
            if (chunk.Is("eXIf"u8))
            {
                orientation = TiffBlock.OrientationOf(file, chunk.At, chunk.Length);
            }
        }
        return StillHeader.FromSize(
            BinaryPrimitives.ReadUInt32BigEndian(header[8..]),
            BinaryPrimitives.ReadUInt32BigEndian(header[12..]),
            orientation);
    }
}
