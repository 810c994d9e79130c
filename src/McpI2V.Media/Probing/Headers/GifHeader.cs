using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>GIF89a, section 18: the size of the logical screen.</summary>
internal static class GifHeader
{
    public static StillHeader Read(FileParts file)
    {
        Span<byte> size = stackalloc byte[4];
        file.Read(6, size);
        return StillHeader.FromSize(BinaryPrimitives.ReadUInt16LittleEndian(size), BinaryPrimitives.ReadUInt16LittleEndian(size[2..]));
    }
}
