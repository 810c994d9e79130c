using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>
/// BMP: the size in the core header of OS/2 or in the information header of Windows, where a negative height means rows from the top.
/// </summary>
internal static class BmpHeader
{
    private const int CoreHeader = 12;

    public static StillHeader Read(FileParts file)
    {
        Span<byte> header = stackalloc byte[12];
        file.Read(14, header);
        return BinaryPrimitives.ReadUInt32LittleEndian(header) == CoreHeader
            ? StillHeader.FromSize(
                BinaryPrimitives.ReadUInt16LittleEndian(header[4..]),
                BinaryPrimitives.ReadUInt16LittleEndian(header[6..]))
            : StillHeader.FromSize(
                BinaryPrimitives.ReadInt32LittleEndian(header[4..]),
                Math.Abs((long)BinaryPrimitives.ReadInt32LittleEndian(header[8..])));
    }
}
