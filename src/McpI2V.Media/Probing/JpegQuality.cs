using System.Buffers.Binary;

namespace McpI2V.Media.Probing;

/// <summary>Tells how hard a JPEG was compressed by its quantisation table, which its content does not change.</summary>
internal static class JpegQuality
{
    // The luma table of ITU-T T.81, annex K.1, sums to this; encoders scale it by their quality as libjpeg does.
    private const double SumAtFifty = 3688;
    private const byte QuantisationTables = 0xDB;
    private const byte StartOfScan = 0xDA;

    /// <summary>The quality, 1 to 100; 100 if the file names none.</summary>
    public static double Of(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> header = stackalloc byte[4];
        file.Position = 2;
        while (file.ReadAtLeast(header, 4, throwOnEndOfStream: false) == 4 && header[0] == 0xFF && header[1] != StartOfScan)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(header[2..]);
            if (header[1] == QuantisationTables && length >= 67)
            {
                Span<byte> table = stackalloc byte[65];
                file.ReadExactly(table);
                return table[0] == 0 ? FromSum(Sum(table[1..])) : 100;
            }
            file.Position += length - 2;
        }
        return 100;
    }

    private static int Sum(ReadOnlySpan<byte> table)
    {
        var sum = 0;
        foreach (var value in table)
        {
            sum += value;
        }
        return sum;
    }

    private static double FromSum(int sum)
    {
        var scale = sum / SumAtFifty;
        return Math.Clamp(scale <= 1 ? 100 - (50 * scale) : 50 / scale, 1, 100);
    }
}
