using System.Text;

namespace McpI2V.Tests.Fuzzing;

/// <summary>Alters what is well written: a seed gives the same inputs on every machine.</summary>
internal sealed class Mutator(int seed)
{
    private static readonly string[] Pieces =
    [
        "\0", "\r", "\n", "\t", " ", "\"", "\\", "/", "//", "..", "%00", "%2f", "%", "{", "}", "[", "]", ":", ",", "=", "&", "?", "#",
            "@", ";", "|", "_", "-", "+", "null", "true", "NaN", "Infinity",
        "-1", "0", "1e999", "9223372036854775807", "9223372036854775808", "18446744073709551616", "0x7f", "007", "\\ud800", "\\udc00",
            "\\u0000", "\\u202e", "\uFEFF", "\uFFFD", "é", "😀", "\u202E", "\u200D",
        "i2v_", "upload:", "job-1", "still-1", "bytes=", "=?base64?", "?=", "Bearer ", "http://", "[::1]", "127.0.0.1", "localhost",
            "signature=", "expires=", "_meta", "params", "\"id\":", "AAAA",
    ];

    private readonly Random chance = new(seed);

    /// <summary>One of them.</summary>
    public T One<T>(IReadOnlyList<T> among) => among[chance.Next(among.Count)];

    /// <summary>A text with a few changes.</summary>
    public string Text(string text)
    {
        var changed = new StringBuilder(text);
        for (var changes = chance.Next(1, 5); changes > 0; changes--)
        {
            var at = chance.Next(changed.Length + 1);
            var length = Math.Min(changed.Length - at, chance.Next(8));
            switch (chance.Next(6))
            {
                case 0:
                    changed.Insert(at, One(Pieces));
                    break;
                case 1:
                    changed.Remove(at, length);
                    break;
                case 2:
                    changed.Insert(at, changed.ToString(at, length));
                    break;
                case 3 when at < changed.Length:
                    changed[at] = (char)chance.Next(chance.Next(3) == 0 ? 0x10000 : 128);
                    break;
                case 4:
                    changed.Insert(at, new string(One("[{\"a1 /."), chance.Next(300)));
                    break;
                default:
                    changed.Remove(at, changed.Length - at);
                    break;
            }
        }
        return changed.ToString();
    }

    /// <summary>Bytes with a few changes.</summary>
    public byte[] Bytes(byte[] bytes)
    {
        List<byte> changed = [.. bytes];
        for (var changes = chance.Next(1, 6); changes > 0; changes--)
        {
            var at = chance.Next(changed.Count + 1);
            if (chance.Next(2) == 0)
            {
                changed.Insert(at, (byte)chance.Next(256));
            }
            else if (at < changed.Count)
            {
                changed[at] ^= (byte)(1 << chance.Next(8));
            }
        }
        return [.. changed];
    }

    private char One(string among) => among[chance.Next(among.Length)];
}
