using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace McpI2V.Providers.Http;

/// <summary>Makes a vendor's text fit for a message: shortened, plain, without addresses' queries, markup or what can't be seen. It is quoted, never obeyed.</summary>
public static partial class VendorWords
{
    private const int Longest = 240;

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
        var plain = Tags().Replace(text, " ");
        plain = Query().Replace(plain, "$1");
        plain = Keys().Replace(plain, "***");
        var visible = new StringBuilder();
        foreach (var letter in plain)
        {
            var category = char.GetUnicodeCategory(letter);
            visible.Append(char.IsWhiteSpace(letter) ? ' ' : category is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse or UnicodeCategory.Surrogate || letter is '`' or '"' ? "" : letter.ToString());
        }
        var words = Spaces().Replace(visible.ToString(), " ").Trim();
        return words.Length <= Longest ? words : words[..Longest] + "...";
    }

    [GeneratedRegex("<[^>]{0,400}>")]
    private static partial Regex Tags();

    [GeneratedRegex(@"(https?://[^\s?#""'<>]+)[?#][^\s""'<>]*", RegexOptions.IgnoreCase)]
    private static partial Regex Query();

    // What looks like a key, whoever it belongs to.
    [GeneratedRegex(@"\b(sk-[A-Za-z0-9_-]{8,}|AIza[A-Za-z0-9_-]{20,}|key_[a-f0-9]{32,}|rpa_[A-Za-z0-9]{16,}|[a-f0-9-]{36}:[a-f0-9]{16,}|eyJ[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_.-]+)")]
    private static partial Regex Keys();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
