using System.Text;
using System.Text.Unicode;

namespace McpI2V.Engine.Library.Import;

/// <summary>The bytes of a text file as text: UTF-8, or UTF-16 with or without its mark.</summary>
internal static class TextBytes
{
    private const int LookedAt = 2_000;

    /// <summary>Reads them.</summary>
    /// <exception cref="I2VException">They are in another encoding, which can't be told for certain.</exception>
    public static string Read(ReadOnlySpan<byte> bytes, string argument, string path)
    {
        if (bytes.StartsWith((byte[])[0xFF, 0xFE]) || IsWide(bytes, 1))
        {
            return Encoding.Unicode.GetString(bytes);
        }
        if (bytes.StartsWith((byte[])[0xFE, 0xFF]) || IsWide(bytes, 0))
        {
            return Encoding.BigEndianUnicode.GetString(bytes);
        }
        return Utf8.IsValid(bytes)
            ? Encoding.UTF8.GetString(bytes)
            : throw I2VException.Invalid(argument, $"{argument}: {path} is neither UTF-8 nor UTF-16{Guessed(bytes)}; which letters are " +
                "meant can't be told for certain. Save it as UTF-8 (in an editor: Save with encoding), or give its text. Nothing was " +
                "spent.");
    }

    // Every second byte of the times and numbers is zero.
    private static bool IsWide(ReadOnlySpan<byte> bytes, int zeroAt)
    {
        var (zeros, pairs) = (0, Math.Min(bytes.Length, LookedAt) / 2);
        for (var i = 0; i < pairs; i++)
        {
            zeros += bytes[(2 * i) + zeroAt] == 0 && bytes[(2 * i) + 1 - zeroAt] != 0 ? 1 : 0;
        }
        return pairs > 4 && zeros > pairs / 3;
    }

    // Of Cyrillic nearly all letters of a line have the highest bit, of western languages few.
    private static string Guessed(ReadOnlySpan<byte> bytes)
    {
        var (high, letters) = (0, 0);
        foreach (var b in bytes)
        {
            high += b >= 0xC0 ? 1 : 0;
            letters += char.IsAsciiLetter((char)b) ? 1 : 0;
        }
        return high > letters ? " (it looks like Windows-1251, Cyrillic)" : " (it looks like Windows-1252, western)";
    }
}
