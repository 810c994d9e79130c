using System.Globalization;

namespace McpI2V.Engine.Catalogue.Naming;

/// <summary>
/// A model's name as people write it, taken apart: <c>Runway Gen-4.5</c>, <c>gen4.5</c> and <c>GEN 4.5</c> are one. Who makes it, a v
/// before a version and a .0 after it don't distinguish models.
/// </summary>
internal sealed class SpokenName
{
    private const double LeastDate = 100;
    private const string Video = "video";

    private SpokenName(string[] words, string[] versions, bool isMakerAlone)
    {
        (Words, Versions, IsMakerAlone) = (words, versions, isMakerAlone);
        Joined = string.Concat(words);
    }

    /// <summary>The words without versions, makers and fillers, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>The versions as they count: <c>2</c>, <c>5.6</c>.</summary>
    public IReadOnlyList<string> Versions { get; }

    /// <summary>The words in one: people write some names apart and together.</summary>
    public string Joined { get; }

    /// <summary>True if it names who makes models, and no model.</summary>
    public bool IsMakerAlone { get; }

    /// <summary>The highest version; 0: it names none. A date in a name is none.</summary>
    public double Version => Versions.Select(Value).Where(v => v < LeastDate).DefaultIfEmpty(0).Max();

    /// <summary>Takes a name apart.</summary>
    public static SpokenName Of(string name)
    {
        var file = NameFile.OfProgram;
        List<string> words = [], fillers = [], versions = [];
        var makers = 0;
        var plain = file.Kinds.Aggregate(name.ToLowerInvariant(), (text, kind) => text.Replace(kind, " ", StringComparison.Ordinal));
        foreach (var token in Tokens(plain).Select(WithoutVideo).Select(t => file.Same.GetValueOrDefault(t, t)))
        {
            if (char.IsAsciiDigit(token[0]))
            {
                versions.Add(Plain(token));
            }
            else if (file.Makers.Contains(token))
            {
                makers++;
            }
            else
            {
                (file.Fillers.Contains(token) ? fillers : words).Add(token);
            }
        }
        return new([.. words.Count > 0 ? words : fillers], [.. versions], makers > 0 && words.Count == 0 && fillers.Count == 0);
    }

    /// <summary>True if both are spelt of the same words and versions.</summary>
    public bool IsSame(SpokenName other) => Joined == other.Joined && Versions.SequenceEqual(other.Versions);

    /// <summary>
    /// How much of another name is left unsaid when it is called by this one: so many words; null: this is no name for it.
    /// </summary>
    /// <param name="other">The name in the catalogue.</param>
    /// <param name="id">The same model's id, whose words may be said too.</param>
    public int? LeftUnsaid(SpokenName other, SpokenName id)
    {
        if (Words.Count == 0 || !Versions.All(v => other.Versions.Contains(v)))
        {
            return null;
        }
        if (Joined == other.Joined)
        {
            return 0;
        }
        var known = other.Words.Concat(id.Words).ToHashSet(StringComparer.Ordinal);
        var isNamed = Words.Any(w => other.Words.Contains(w) && !NameFile.OfProgram.Qualifiers.Contains(w));
        return isNamed && Words.All(known.Contains) ? other.Words.Count(w => !Words.Contains(w)) : null;
    }

    /// <summary>How far another name is: for the question which was meant.</summary>
    public double Distance(SpokenName other)
    {
        var common = Words.Intersect(other.Words, StringComparer.Ordinal).Count();
        if (common == 0 && Joined.Length > 0 && (Joined.Contains(other.Joined, StringComparison.Ordinal)
            || other.Joined.Contains(Joined, StringComparison.Ordinal)))
        {
            common = 1;
        }
        if (common == 0)
        {
            return double.PositiveInfinity;
        }
        var apart = Versions.Count == 0 ? 0 : Math.Min(5, Math.Abs(Version - other.Version));
        return (Words.Count + other.Words.Count - (2 * common)) + apart;
    }

    // "HunyuanVideo" is Hunyuan: what it makes is no part of its name.
    private static string WithoutVideo(string word) =>
        word.Length > Video.Length && word.EndsWith(Video, StringComparison.Ordinal) ? word[..^Video.Length] : word;

    // Letters and digits part: "gen4.5" is gen and 4.5, "v5.6" is 5.6.
    private static IEnumerable<string> Tokens(string name)
    {
        for (var i = 0; i < name.Length;)
        {
            var from = i;
            if (char.IsAsciiDigit(name[i]))
            {
                while (i < name.Length && (char.IsAsciiDigit(name[i]) || (name[i] == '.' && i + 1 < name.Length
                    && char.IsAsciiDigit(name[i + 1]))))
                {
                    i++;
                }
                // A resolution, a length or a number of weights is no version.
                var unit = i < name.Length ? name[i] : ' ';
                if (unit is 'p' or 's' or 'b' or 'k' && (i + 1 == name.Length || !char.IsLetterOrDigit(name[i + 1])))
                {
                    i++;
                    continue;
                }
                yield return name[from..i];
            }
            else if (char.IsLetter(name[i]))
            {
                while (i < name.Length && char.IsLetter(name[i]))
                {
                    i++;
                }
                var word = name[from..i];
                if (word != "v" || i == name.Length || !(char.IsAsciiDigit(name[i]) || name[i] is '.' or ' '))
                {
                    yield return word;
                }
            }
            else
            {
                i++;
            }
        }
    }

    private static string Plain(string digits) =>
        double.TryParse(digits, CultureInfo.InvariantCulture, out var value) ? value.ToString(CultureInfo.InvariantCulture) : digits;

    private static double Value(string version) =>
        double.TryParse(version, CultureInfo.InvariantCulture, out var value) ? value : 0;
}
