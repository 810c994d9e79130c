using System.Globalization;
using System.Runtime.InteropServices;

namespace McpI2V.Media.Geometry;

/// <summary>An opaque colour.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Colour(byte Red, byte Green, byte Blue)
{
    private static readonly Dictionary<string, Colour> Named = new(StringComparer.OrdinalIgnoreCase)
    {
        ["white"] = new(255, 255, 255),
        ["black"] = new(0, 0, 0),
        ["grey"] = new(128, 128, 128),
        ["gray"] = new(128, 128, 128),
        ["red"] = new(220, 38, 38),
        ["orange"] = new(249, 115, 22),
        ["yellow"] = new(250, 204, 21),
        ["green"] = new(22, 163, 74),
        ["teal"] = new(13, 148, 136),
        ["blue"] = new(37, 99, 235),
        ["purple"] = new(147, 51, 234),
        ["pink"] = new(236, 72, 153),
        ["beige"] = new(238, 226, 207),
        ["navy"] = new(23, 37, 84),
    };

    /// <summary>The names that <see cref="TryParse"/> knows besides #rgb and #rrggbb.</summary>
    public static IEnumerable<string> Names => Named.Keys;

    /// <summary>bt709 limited-range luma.</summary>
    internal byte Y => Limited(16 + (219 * ((0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue)) / 255));

    /// <summary>bt709 limited-range blue difference.</summary>
    internal byte Cb => Limited(128 + (224 * ((-0.1146 * Red) - (0.3854 * Green) + (0.5 * Blue)) / 255));

    /// <summary>bt709 limited-range red difference.</summary>
    internal byte Cr => Limited(128 + (224 * ((0.5 * Red) - (0.4542 * Green) - (0.0458 * Blue)) / 255));

    /// <summary>The colour in ffmpeg's spelling.</summary>
    internal string Hex => $"0x{Red:X2}{Green:X2}{Blue:X2}";

    /// <summary>The colour as <c>#rrggbb</c>.</summary>
    public override string ToString() => $"#{Red:x2}{Green:x2}{Blue:x2}";

    /// <summary>Reads #rgb, #rrggbb or a name.</summary>
    public static bool TryParse(string text, out Colour colour)
    {
        if (Named.TryGetValue(text.Trim(), out colour))
        {
            return true;
        }
        var digits = text.Trim().TrimStart('#');
        if (digits.Length == 3)
        {
            digits = string.Concat(digits.Select(c => new string(c, 2)));
        }
        if (digits.Length != 6 || !uint.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var rgb))
        {
            return false;
        }
        colour = new Colour((byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb);
        return true;
    }

    private static byte Limited(double value) => (byte)Math.Clamp(Math.Round(value), 16, 240);
}
