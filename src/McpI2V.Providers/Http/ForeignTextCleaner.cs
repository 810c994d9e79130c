using System.Net;
using System.Text.RegularExpressions;
using McpI2V.Media;

namespace McpI2V.Providers.Http;

/// <summary>
/// Makes a provider's text fit for a message: shortened, plain, without keys, addresses' queries, markup or what can't be seen. It is
/// quoted, never obeyed.
/// </summary>
public static partial class ForeignTextCleaner
{
    private const int Longest = 240;
    private const int MostRead = 4_000;
    private const int MostRounds = 5;

    /// <summary>The text without what must not travel.</summary>
    /// <param name="text">What a provider said.</param>
    /// <param name="keyShapes">What keys look like, whoever they belong to.</param>
    public static string Clean(string? text, IEnumerable<Func<Regex>> keyShapes)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }
        var plain = text.Length <= MostRead ? text : text[..MostRead];
        for (var round = 0; round < MostRounds; round++)
        {
            var decoded = WebUtility.HtmlDecode(Uri.UnescapeDataString(plain));
            if (decoded == plain)
            {
                break;
            }
            plain = decoded;
        }
        // Keys last: what can't be seen could stand in the middle of one.
        var line = ForeignText.Line(Tags().Replace(plain, " "), Longest);
        return keyShapes.Prepend(WebTokens).Aggregate(line, (left, shape) => shape().Replace(left, "***"));
    }

    [GeneratedRegex("<[^>]{0,400}>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"\beyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_.-]+")]
    private static partial Regex WebTokens();
}
