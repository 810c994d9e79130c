using System.Globalization;

namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>A chord of a key.</summary>
/// <param name="Root">Its root in semitones above the key's.</param>
/// <param name="Tones">Its tones in semitones above its root.</param>
internal sealed record Chord(int Root, IReadOnlyList<int> Tones)
{
    private static readonly Dictionary<string, int[]> Kinds = new()
    {
        ["maj"] = [0, 4, 7],
        ["min"] = [0, 3, 7],
        ["maj7"] = [0, 4, 7, 11],
        ["min7"] = [0, 3, 7, 10],
        ["dom7"] = [0, 4, 7, 10],
        ["maj9"] = [0, 4, 7, 11, 14],
        ["min9"] = [0, 3, 7, 10, 14],
        ["add9"] = [0, 4, 7, 14],
        ["madd9"] = [0, 3, 7, 14],
        ["sus4"] = [0, 5, 7],
        ["sus2"] = [0, 2, 7],
    };

    /// <summary>Reads chords such as <c>9min7 5maj</c>: a root in semitones above the key's, and a kind.</summary>
    public static IReadOnlyList<Chord> Read(string chords) =>
    [
        .. chords.Split(' ').Select(c =>
        {
            var kind = c.TrimStart("0123456789".ToCharArray());
            return new Chord(int.Parse(c.AsSpan(0, c.Length - kind.Length), CultureInfo.InvariantCulture), Kinds[kind]);
        }),
    ];

    /// <summary>Its tones near a pitch, moved as little as may be from the chord before.</summary>
    /// <param name="key">The key's root as a MIDI number.</param>
    /// <param name="centre">The pitch around which it lies.</param>
    /// <param name="before">The pitches before; empty at the start.</param>
    public IReadOnlyList<int> Voiced(int key, int centre, IReadOnlyList<int> before)
    {
        var classes = Tones.Select(t => (key + Root + t) % 12).Distinct().ToList();
        var candidates = Enumerable.Range(centre - 9, 12)
            .Select(lowest => Enumerable.Range(lowest, 19).Where(p => classes.Contains(p % 12)).Take(classes.Count).ToList());
        return candidates
            .OrderBy(c => Distance(c, before) + (0.4 * Math.Abs(c.Average() - centre)) + (2 * Seconds(c)))
            .First();
    }

    private static double Distance(List<int> pitches, IReadOnlyList<int> before) =>
        before.Count == 0 ? 0 : pitches.Sum(p => before.Min(b => Math.Abs(b - p)));

    // Two neighbours a semitone apart at the bottom sound like a mistake.
    private static int Seconds(List<int> pitches) => pitches.Count > 1 && pitches[1] - pitches[0] == 1 ? 1 : 0;
}
