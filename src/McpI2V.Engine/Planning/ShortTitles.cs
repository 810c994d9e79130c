using McpI2V.Media;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>Short titles for files and lists.</summary>
public static class ShortTitles
{
    private const int MostWords = 6;
    private const int Longest = 100;
    private static readonly char[] Between = [' ', '\n', '\t', ',', '.'];

    /// <summary>The first words of a text.</summary>
    public static string FromText(string text, string otherwise, int mostWords = MostWords)
    {
        var words = text.Split(Between, StringSplitOptions.RemoveEmptyEntries).Take(mostWords);
        var title = ForeignText.Line(string.Join(' ', words), Longest);
        return title.Length == 0 ? otherwise : title;
    }

    /// <summary>The first words of an asset's title, without the ratio or size at its end: what it shows, whatever is made of it.</summary>
    public static string Subject(string title, string otherwise, int mostWords = MostWords)
    {
        var words = title.Split(Between, StringSplitOptions.RemoveEmptyEntries);
        var last = words.Length;
        while (last > 0 && (IsSize(words[last - 1]) || words[last - 1] == "master"))
        {
            last--;
        }
        return FromText(string.Join(' ', words[..last]), otherwise, mostWords);
    }

    /// <summary>What it shows and what happens there, in as many words as a title has; the first has at most half of them.</summary>
    public static string Of(string subject, string happening)
    {
        var of = subject.Split(Between, StringSplitOptions.RemoveEmptyEntries).Take(MostWords / 2).ToList();
        return FromText($"{string.Join(' ', of)} {happening}", "clip");
    }

    /// <summary>A ratio as part of a file name.</summary>
    public static string Ratio(PixelSize size) =>
        AspectRatio.Nearest(size) is { } known ? $"{known.Width}x{known.Height}" : size.ToString();

    private static bool IsSize(string word) =>
        word.Split('x') is [var width, var height] && int.TryParse(width, out _) && int.TryParse(height, out _);
}
