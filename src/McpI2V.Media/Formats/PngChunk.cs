using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace McpI2V.Media.Formats;

/// <summary>One chunk of a PNG.</summary>
/// <param name="Name">Its four letters as a number.</param>
/// <param name="At">Where its content begins.</param>
/// <param name="Length">How long its content is.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct PngChunk(uint Name, long At, long Length)
{
    public bool Is(ReadOnlySpan<byte> letters) => Name == BinaryPrimitives.ReadUInt32BigEndian(letters);
}
