using McpI2V.Media.Geometry;

namespace McpI2V.Media.Colours;

/// <summary>English words of colours as people use them to tell pictures apart, and the colours that each of them means.</summary>
public static class ColourWords
{
    // How far a colour that is given by its numbers may lie from one of a picture.
    private const int NearWithin = 90;
    private const int LeastPercent = 8;

    private static readonly Dictionary<string, string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["black"] = "black", ["white"] = "white", ["grey"] = "grey", ["gray"] = "grey", ["silver"] = "grey", ["red"] = "red",
        ["crimson"] = "red", ["orange"] = "orange", ["amber"] = "orange", ["brown"] = "brown", ["beige"] = "beige", ["cream"] = "beige",
        ["yellow"] = "yellow", ["gold"] = "yellow", ["golden"] = "yellow", ["green"] = "green", ["teal"] = "teal", ["turquoise"] = "teal",
        ["cyan"] = "teal", ["blue"] = "blue", ["navy"] = "navy", ["purple"] = "purple", ["violet"] = "purple", ["lilac"] = "purple",
        ["pink"] = "pink", ["magenta"] = "pink",
    };

    /// <summary>The words, for messages.</summary>
    public static string All => string.Join(", ", Words.Keys);

    /// <summary>True for a word of a colour.</summary>
    public static bool IsWord(string word) => Words.ContainsKey(word);

    /// <summary>What looks for a colour, by a word or #rrggbb; null if that is none.</summary>
    public static Func<IReadOnlyList<ColourShare>, bool>? Finder(string text)
    {
        var said = text.Trim();
        if (Words.TryGetValue(said, out var name))
        {
            return colours => colours.Where(c => NamesOf(c.Colour).Contains(name)).Sum(c => c.Percent) >= LeastPercent;
        }
        return said.StartsWith('#') && Colour.TryParse(said, out var wanted)
            ? colours => colours.Any(c => DominantColours.Distance(c.Colour, wanted) <= NearWithin && c.Percent >= LeastPercent)
            : null;
    }

    /// <summary>What people would call a colour: one word, or two where it lies between.</summary>
    public static IReadOnlyList<string> NamesOf(Colour colour)
    {
        var (red, green, blue) = (colour.Red / 255.0, colour.Green / 255.0, colour.Blue / 255.0);
        var (high, low) = (Math.Max(red, Math.Max(green, blue)), Math.Min(red, Math.Min(green, blue)));
        var (light, chroma) = ((high + low) / 2, high - low);
        if (high < 0.16)
        {
            return ["black"];
        }
        if (low > 0.93)
        {
            return ["white"];
        }
        if (chroma < 0.09)
        {
            return light > 0.86 ? ["white", "grey"] : ["grey"];
        }
        var hue = 60 * (high == red ? ((green - blue) / chroma) + (green < blue ? 6 : 0)
            : high == green ? ((blue - red) / chroma) + 2
            : ((red - green) / chroma) + 4);
        return hue switch
        {
            >= 15 and < 70 when light > 0.68 && chroma < 0.32 => ["beige"],
            >= 10 and < 45 when light < 0.42 => ["brown"],
            < 12 or >= 345 => light > 0.72 ? ["pink"] : ["red"],
            < 42 => ["orange"],
            < 68 => ["yellow"],
            < 158 => ["green"],
            < 172 => ["green", "teal"],
            < 190 => ["teal"],
            < 198 => ["teal", "blue"],
            < 250 => light < 0.28 ? ["navy", "blue"] : ["blue"],
            < 262 => ["blue", "purple"],
            < 300 => ["purple"],
            _ => ["pink"],
        };
    }
}
