using System.Globalization;
using System.Text.RegularExpressions;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Media.Sound.Music;

/// <summary>Finds the mood and the tempo that words ask for.</summary>
public static partial class MoodWords
{
    // Beginnings of words; the first mood that one of them names is meant.
    private static readonly (Mood Mood, string[] Beginnings)[] Stems =
    [
        (Mood.Lofi, ["lofi", "lo-fi", "chillhop", "chill hop", "dusty", "study beat", "boom bap", "hip hop", "hip-hop"]),
        (Mood.Cinematic, ["cinematic", "epic", "orchestr", "trailer", "dramatic", "heroic", "triumph", "inspir", "majestic",
            "adventur"]),
        (Mood.Energetic, ["energ", "sport", "edm", "techno", "house", "dance", "club", "power", "driving", "workout", "hype", "electro",
            "rock", "action", "urgent"]),
        (Mood.Playful, ["playful", "fun ", "funny", "quirky", "cute", "whimsic", "child", "kids", "comic", "ukulele", "silly", "bouncy",
            "cheeky"]),
        (Mood.Dark, ["dark", "tense", "tension", "myster", "suspens", "moody", "brood", "noir", "serious", "ominous", "sad", "melanchol"]),
        (Mood.Elegant, ["elegan", "luxur", "fashion", "beauty", "sophist", "classy", "jazz", "smooth", "premium", "sensual", "stylish",
            "chic", "lounge"]),
        (Mood.Calm, ["calm", "ambient", "relax", "peace", "medita", "spa", "sooth", "dream", "minimal", "gentle", "quiet", "sleep",
            "atmospher", "chill"]),
        (Mood.Warm, ["warm", "cosy", "cozy", "acoustic", "folk", "intimate", "tender", "romantic", "heartfelt", "emotional", "hopeful",
            "nostalg", "soft", "family", "piano", "organic"]),
        (Mood.Upbeat, ["upbeat", "happy", "pop", "bright", "positive", "cheer", "summer", "joy", "uplift", "optimis", "fresh", "corporate",
            "sunny", "motivat", "modern"]),
    ];

    /// <summary>The mood that a text names; null if it names none.</summary>
    public static Mood? MoodIn(string text)
    {
        var words = $" {text.ToLowerInvariant()} ";
        return Stems
            .Select(s => (s.Mood, Place: s.Beginnings.Min(b => Place(words, b))))
            .Where(s => s.Place < int.MaxValue)
            .OrderBy(s => s.Place)
            .Select(s => (Mood?)s.Mood)
            .FirstOrDefault();
    }

    /// <summary>The beats a minute that a text names or describes; null if it does neither.</summary>
    /// <param name="text">Such as <c>92 bpm</c>, <c>fast</c>.</param>
    /// <param name="mood">Whose usual tempo slow and fast are measured by.</param>
    public static double? TempoIn(string text, Mood mood)
    {
        var numbers = Bpm().Match(text);
        if (numbers.Success)
        {
            return double.Parse(numbers.Groups[1].Value.Length > 0 ? numbers.Groups[1].ValueSpan : numbers.Groups[2].ValueSpan,
                CultureInfo.InvariantCulture);
        }
        var (slow, fast) = Styles.Of(mood).Tempo;
        var usual = (slow + fast) / 2.0;
        return Fast().IsMatch(text) ? Math.Round(usual * 1.16) : Slow().IsMatch(text) ? Math.Round(usual * 0.86) : null;
    }

    private static int Place(string words, string beginning)
    {
        var place = words.IndexOf(beginning, StringComparison.Ordinal);
        while (place > 0 && char.IsLetter(words[place - 1]))
        {
            place = words.IndexOf(beginning, place + 1, StringComparison.Ordinal);
        }
        return place < 0 ? int.MaxValue : place;
    }

    [GeneratedRegex(@"\b(\d{2,3}(?:\.\d+)?) ?(?:bpm|beats)\b|^ *(\d{2,3}(?:\.\d+)?) *$", RegexOptions.IgnoreCase)]
    private static partial Regex Bpm();

    [GeneratedRegex(@"\b(fast|quick|brisk|allegro|presto|up-?tempo|rapid)", RegexOptions.IgnoreCase)]
    private static partial Regex Fast();

    [GeneratedRegex(@"\b(slow|adagio|largo|down-?tempo|lento|unhurried)", RegexOptions.IgnoreCase)]
    private static partial Regex Slow();
}
