using System.Buffers.Binary;

namespace McpI2V.Media.Formats;

/// <summary>The chunks of a PNG up to its end chunk.</summary>
internal static class PngChunks
{
    /// <summary>Walks the chunks.</summary>
    /// <exception cref="MediaException">The file ends before its end chunk.</exception>
    public static IEnumerable<PngChunk> ReadFrom(FileParts file)
    {
        var header = new byte[8];
        long at = 8;
        while (true)
        {
            if (!file.TryRead(at, header))
            {
                throw new MediaException(MediaFault.Unreadable, $"the PNG is cut short after {file.Length} bytes; copy or save it again");
            }
            var chunk = new PngChunk(
                BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)),
                at + 8,
                BinaryPrimitives.ReadUInt32BigEndian(header));
            at += chunk.Length + 12;
            if (at > file.Length)
            {
                throw new MediaException(MediaFault.Unreadable, $"the file is cut short: it promises {at} bytes and has {file.Length}; " +
                    "copy or save it again");
            }
            if (chunk.Is("IEND"u8))
            {
                yield break;
            }
            yield return chunk;
        }
    }
}
