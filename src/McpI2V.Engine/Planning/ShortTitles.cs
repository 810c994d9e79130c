using McpI2V.Media;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>Short titles for files and lists.</summary>
public static class ShortTitles
{
    private const int MostWords = 6;
    private const int Longest = 100;

    /// <summary>The first words of a text.</summary>
    public static string FromText(string text, string otherwise)
    {
        var words = text.Split([' ', '\n', '\t', ',', '.'], StringSplitOptions.RemoveEmptyEntries).Take(MostWords);
        var title = ForeignText.Line(string.Join(' ', words), Longest);
        return title.Length == 0 ? otherwise : title;
    }

    /// <summary>A ratio as part of a file name.</summary>
    public static string Ratio(PixelSize size)
    {
        var known = AspectRatio.All.FirstOrDefault(r => Math.Abs((r.Value / size.Ratio) - 1) < 0.01);
        return known.Width > 0 ? $"{known.Width}x{known.Height}" : size.ToString();
    }
}
