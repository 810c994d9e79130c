using System.Net;
using System.Text.RegularExpressions;
using McpI2V.Media;

namespace McpI2V.Providers.Http;

/// <summary>
/// Makes a provider's text fit for a message: shortened, plain, without addresses' queries, markup or what can't be seen. It is quoted,
/// never
/// obeyed.
/// </summary>
public static partial class VendorText
{
    private const int Longest = 240;
    private const int MostRead = 4_000;
    private const int MostRounds = 5;

    /// <summary>The text, quoted; empty if nothing is left of it.</summary>
    public static string Quote(string? text)
    {
        var plain = Clean(text);
        return plain.Length == 0 ? "" : $"\"{plain}\"";
    }

    /// <summary>The text without what must not travel.</summary>
    public static string Clean(string? text)
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
        return Keys().Replace(ForeignText.Line(Tags().Replace(plain, " "), Longest), "***");
    }

    [GeneratedRegex("<[^>]{0,400}>")]
    private static partial Regex Tags();

    // What looks like a key, whoever it belongs to.
    [GeneratedRegex(@"\b(sk-[A-Za-z0-9_-]{8,}|AIza[A-Za-z0-9_-]{20,}|key_[a-f0-9]{32,}|rpa_[A-Za-z0-9]{16,}|" +
        @"[a-f0-9-]{36}:[a-f0-9]{16,}|eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_.-]+)")]
    private static partial Regex Keys();
}
