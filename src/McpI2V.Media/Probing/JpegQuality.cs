using McpI2V.Media.Formats;
using McpI2V.Media.Probing.Headers;

namespace McpI2V.Media.Probing;

/// <summary>Tells how hard a JPEG was compressed by its quantisation table, which its content does not change.</summary>
internal static class JpegQuality
{
    // The luma table of ITU-T T.81, annex K.1, sums to this; encoders scale it by their quality as libjpeg does.
    private const double SumAtFifty = 3688;
    private const byte QuantisationTables = 0xDB;

    /// <summary>The quality, 1 to 100; 100 if the file names none.</summary>
    public static double FromFile(string path)
    {
        using var file = File.OpenRead(path);
        return FromFile(file);
    }

    internal static double FromFile(Stream file)
    {
        var parts = new FileParts(file);
        Span<byte> table = stackalloc byte[65];
        foreach (var (kind, at, length) in JpegSegments.Of(parts))
        {
            if (kind == QuantisationTables && length >= table.Length && parts.TryRead(at, table))
            {
                return table[0] == 0 ? FromSum(Sum(table[1..])) : 100;
            }
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
