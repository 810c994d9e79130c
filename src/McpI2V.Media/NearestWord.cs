namespace McpI2V.Media;

/// <summary>Finds the word that somebody probably meant.</summary>
public static class NearestWord
{
    /// <summary>The likeliest of the known words for a misspelt one; null if none is near.</summary>
    public static string? Find(string word, IEnumerable<string> known)
    {
        var wanted = Plain(word);
        if (wanted.Length is < 2 or > 60)
        {
            return null;
        }
        var nearest = known
            .Select(k => (Word: k, Distance: Distance(wanted, Plain(k))))
            .OrderBy(k => k.Distance)
            .FirstOrDefault((Word: "", Distance: int.MaxValue));
        if (nearest.Distance <= 1 + (wanted.Length / 4))
        {
            return nearest.Word;
        }
        // "ratio" for aspect_ratio, "duration" for duration_seconds.
        return wanted.Length < 3 ? null : known.FirstOrDefault(k => Plain(k).Contains(wanted, StringComparison.Ordinal));
    }

    /// <summary>The question for a message, with a blank before it; empty if no word is near.</summary>
    public static string Ask(string word, IEnumerable<string> known) => Find(word, known) is { } meant ? $" Did you mean {meant}?" : "";

    private static string Plain(string word) => word.Replace("_", "").Replace("-", "").Replace(" ", "").ToLowerInvariant();

    // Insertions, deletions, substitutions and swapped neighbours count one each.
    private static int Distance(string a, string b)
    {
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            rows[i, 0] = i;
        }
        for (var j = 0; j <= b.Length; j++)
        {
            rows[0, j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                rows[i, j] = Math.Min(Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1, rows[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    rows[i, j] = Math.Min(rows[i, j], rows[i - 2, j - 2] + 1);
                }
            }
        }
        return rows[a.Length, b.Length];
    }
}
