using System.Buffers;
using System.Text;

namespace McpI2V.Media.Text.Drawing;

/// <summary>
/// Marks where a long word may part: before the last consonant between two vowels, with letters that stand for one sound kept together.
/// That is where German, English and the Romance languages part most words, without a dictionary for each.
/// </summary>
internal static class Hyphens
{
    private const char Soft = '\u00AD';
    private const int Shortest = 9;
    private const string Vowels = "aeiouyäöüáéíóúàèìòùâêîôûåæøœąęıаеёиоуыэюяіїєαεηιουωάέήίόύώ";
    private static readonly SearchValues<char> AnyVowel = SearchValues.Create(Vowels);

    private static readonly string[] OneSound =
    [
        "sch", "str", "spr", "ch", "ph", "th", "sh", "ck", "qu", "br", "cr", "dr", "fr", "gr", "kr", "pr", "tr", "bl", "cl", "fl", "gl",
        "kl", "pl", "sl", "st", "sp",
    ];

    /// <summary>The text with soft hyphens in its long words.</summary>
    public static string Soften(string text)
    {
        var soft = new StringBuilder(text.Length * 2);
        var start = 0;
        for (var at = 0; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetter(text[at]))
            {
                continue;
            }
            Append(soft, text[start..at]);
            if (at < text.Length)
            {
                soft.Append(text[at]);
            }
            start = at + 1;
        }
        return soft.ToString();
    }

    private static void Append(StringBuilder soft, string word)
    {
        if (word.Length < Shortest)
        {
            soft.Append(word);
            return;
        }
        var lower = word.ToLowerInvariant();
        var last = 0;
        for (var at = 2; at < word.Length - 2; at++)
        {
            if (!IsVowel(lower[at]) || IsVowel(lower[at - 1]))
            {
                continue;
            }
            var begins = at - 1;
            foreach (var sound in OneSound)
            {
                if (at - sound.Length >= 2 && lower.AsSpan(at - sound.Length, sound.Length).SequenceEqual(sound))
                {
                    begins = at - sound.Length;
                    break;
                }
            }
            if (begins - last >= 3 && word.Length - begins >= 3 && lower.AsSpan(0, begins).ContainsAny(AnyVowel))
            {
                soft.Append(word, last, begins - last).Append(Soft);
                last = begins;
            }
        }
        soft.Append(word, last, word.Length - last);
    }

    private static bool IsVowel(char c) => Vowels.Contains(c, StringComparison.Ordinal);
}
