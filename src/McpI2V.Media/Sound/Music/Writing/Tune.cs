namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>A tune of two bars that comes again over other chords: a question and its answer.</summary>
internal sealed class Tune
{
    // In sixteenths; the notes between are silence, without which nobody hears a tune.
    private static readonly int[][] Rhythms =
    [
        [0, 3, 6, 12],
        [0, 4, 6, 8],
        [2, 4, 6, 10],
        [0, 6, 8, 14],
        [0, 8, 11],
        [4, 6, 8, 12],
    ];

    private readonly int[] scale;
    private readonly int[][] rhythms;
    private readonly int[][] contours;

    public Tune(Style style, Random chance)
    {
        // Five tones, none of which bites any chord of its key.
        scale = style.IsMinor ? [0, 3, 5, 7, 10] : [0, 2, 4, 7, 9];
        rhythms = [Rhythms[chance.Next(Rhythms.Length)], Rhythms[chance.Next(Rhythms.Length)]];
        contours = [.. rhythms.Select(r => Contour(r.Length, chance))];
    }

    /// <summary>The notes of a bar; every fourth bar rests.</summary>
    public IEnumerable<Note> Bar(int bar, int key, Chord chord)
    {
        if (bar % 4 == 3)
        {
            yield break;
        }
        var which = bar % 2;
        var (rhythm, contour) = (rhythms[which], contours[which]);
        var place = Start(key, chord);
        for (var i = 0; i < rhythm.Length; i++)
        {
            place += contour[i];
            var next = i + 1 < rhythm.Length ? rhythm[i + 1] : 16;
            var pitch = i == rhythm.Length - 1 ? NearestOf(chord, key, Pitch(key, place)) : Pitch(key, place);
            yield return new Note(Part.Melody, (bar * 4) + (rhythm[i] / 4.0), (next - rhythm[i]) / 4.0 * 0.9, pitch, i == 0 ? 0.72 : 0.62);
        }
    }

    private static int[] Contour(int length, Random chance)
    {
        var steps = new int[length];
        for (var i = 1; i < length; i++)
        {
            steps[i] = chance.Next(4) switch { 0 => -2, 1 => -1, 2 => 1, _ => i % 2 == 0 ? -1 : 1 };
        }
        return steps;
    }

    private int Pitch(int key, int place)
    {
        var octave = (int)Math.Floor((double)place / scale.Length);
        return key + 24 + (12 * octave) + scale[place - (octave * scale.Length)];
    }

    // The tone of the scale that lies nearest to the middle of the chord.
    private int Start(int key, Chord chord)
    {
        var wanted = NearestOf(chord, key, key + 28);
        return Enumerable.Range(-3, 10).MinBy(p => Math.Abs(Pitch(key, p) - wanted));
    }

    private static int NearestOf(Chord chord, int key, int pitch)
    {
        var classes = chord.Tones.Take(3).Select(t => (key + chord.Root + t) % 12).ToHashSet();
        return Enumerable.Range(pitch - 6, 13).Where(p => classes.Contains(p % 12)).MinBy(p => Math.Abs(p - pitch));
    }
}
