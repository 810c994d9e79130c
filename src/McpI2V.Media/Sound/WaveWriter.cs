using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace McpI2V.Media.Sound;

/// <summary>Writes a WAV file of 32-bit floats piece by piece; it is whole once it is disposed of.</summary>
internal sealed class WaveWriter : IDisposable
{
    /// <summary>What stands before the samples.</summary>
    public const int HeaderBytes = 44;

    private const short Floats = 3;
    private readonly FileStream file;
    private readonly int channels;
    private readonly int rate;

    public WaveWriter(string path, int channels, int rate)
    {
        (this.channels, this.rate) = (channels, rate);
        file = File.Create(path);
        file.Write(stackalloc byte[HeaderBytes]);
    }

    /// <summary>Adds interleaved samples.</summary>
    public void Write(ReadOnlySpan<float> samples) => file.Write(MemoryMarshal.AsBytes(samples));

    /// <inheritdoc/>
    public void Dispose()
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var bytes = (int)(file.Length - HeaderBytes);
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], HeaderBytes - 8 + bytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], Floats);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], rate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], rate * channels * sizeof(float));
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], (short)(channels * sizeof(float)));
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 8 * sizeof(float));
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], bytes);
        file.Position = 0;
        file.Write(header);
        file.Dispose();
    }
}
