using System.Buffers.Binary;
using System.IO.Compression;

namespace McpI2V.Media.Text.Layers;

/// <summary>
/// Writes pictures with transparency and the times at which they are to be seen as uncompressed video in Matroska (RFC 9559), each
/// packed by zlib: a text that stands still is one picture however long it is seen, and ffmpeg needs no filter to unpack it.
/// </summary>
internal sealed class LayerFile : IDisposable
{
    // A hundredth of a millisecond: frames of every rate are told apart.
    private const int TicksPerSecond = 100_000;
    private const int LongestCluster = 30_000;
    private readonly Stream file;
    private readonly MemoryStream cluster = new();
    private long clusterStart = -1;

    /// <summary>Begins a file.</summary>
    /// <param name="path">Where it goes.</param>
    /// <param name="width">Of every picture; even for <see cref="LayerPixels.Planar"/>.</param>
    /// <param name="height">Of every picture.</param>
    /// <param name="pixels">How pictures are kept.</param>
    public LayerFile(string path, int width, int height, LayerPixels pixels)
    {
        file = File.Create(path);
        var compression = Master(0x5034, [.. Number(0x4254, 0)]);
        var track = Join(
            Number(0xD7, 1),
            Number(0x73C5, 1),
            Number(0x83, 1),
            Number(0x9C, 0),
            Bytes(0x86, "V_UNCOMPRESSED"u8),
            Master(0xE0, Join(
                Number(0xB0, width),
                Number(0xBA, height),
                Number(0x53C0, 1),
                Bytes(0x2EB524, pixels == LayerPixels.Planar ? [(byte)'Y', (byte)'4', 11, 8] : "BGRA"u8))),
            Master(0x6D80, Master(0x6240, Join(Number(0x5031, 0), Number(0x5032, 1), Number(0x5033, 0), compression))));
        file.Write(Master(0x1A45DFA3, Join(
            Number(0x4286, 1),
            Number(0x42F7, 1),
            Number(0x42F2, 4),
            Number(0x42F3, 8),
            Bytes(0x4282, "matroska"u8),
            Number(0x4287, 4),
            Number(0x4285, 2))));
        // A segment of unknown length: it is written in one go.
        file.Write([0x18, 0x53, 0x80, 0x67, 0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]);
        file.Write(Master(0x1549A966, Join(
            Number(0x2AD7B1, 1_000_000_000 / TicksPerSecond),
            Bytes(0x4D80, "mcp-i2v"u8),
            Bytes(0x5741, "mcp-i2v"u8))));
        file.Write(Master(0x1654AE6B, Master(0xAE, track)));
    }

    /// <summary>Adds a picture; times never go back.</summary>
    /// <param name="seconds">From when on it is seen.</param>
    /// <param name="picture">Its bytes.</param>
    public void Add(double seconds, ReadOnlySpan<byte> picture)
    {
        var ticks = (long)Math.Round(seconds * TicksPerSecond);
        if (clusterStart < 0 || ticks - clusterStart > LongestCluster)
        {
            EndCluster();
            clusterStart = ticks;
            cluster.Write(Number(0xE7, ticks));
        }
        using var packed = new MemoryStream();
        Span<byte> head = [0x81, 0, 0, 0x80];
        BinaryPrimitives.WriteInt16BigEndian(head[1..], (short)(ticks - clusterStart));
        packed.Write(head);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            zlib.Write(picture);
        }
        cluster.Write(Bytes(0xA3, packed.GetBuffer().AsSpan(0, (int)packed.Length)));
    }

    public void Dispose()
    {
        EndCluster();
        cluster.Dispose();
        file.Dispose();
    }

    private void EndCluster()
    {
        if (cluster.Length > 0)
        {
            file.Write(Bytes(0x1F43B675, cluster.GetBuffer().AsSpan(0, (int)cluster.Length)));
            cluster.SetLength(0);
        }
    }

    private static byte[] Join(params ReadOnlySpan<byte[]> parts)
    {
        using var all = new MemoryStream();
        foreach (var part in parts)
        {
            all.Write(part);
        }
        return all.ToArray();
    }

    private static byte[] Master(uint id, byte[] content) => Bytes(id, content);

    private static byte[] Number(uint id, long value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        var first = 0;
        while (first < 7 && bytes[first] == 0)
        {
            first++;
        }
        return Bytes(id, bytes[first..]);
    }

    private static byte[] Bytes(uint id, ReadOnlySpan<byte> content)
    {
        var idLength = id > 0xFFFFFF ? 4 : id > 0xFFFF ? 3 : id > 0xFF ? 2 : 1;
        var element = new byte[idLength + 8 + content.Length];
        for (var i = 0; i < idLength; i++)
        {
            element[i] = (byte)(id >> (8 * (idLength - 1 - i)));
        }
        BinaryPrimitives.WriteInt64BigEndian(element.AsSpan(idLength), content.Length);
        element[idLength] = 1;
        content.CopyTo(element.AsSpan(idLength + 8));
        return element;
    }
}
