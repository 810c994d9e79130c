namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>Writes the notes of a bed: chords, a bass, drums, a figure, a tune, and a cadence.</summary>
internal sealed class Composer(Style style, Form form, Random chance)
{
    private readonly int key = 48 + chance.Next(-4, 6);
    private readonly List<Note> notes = [];

    /// <summary>All notes, in no order.</summary>
    public IReadOnlyList<Note> Write()
    {
        var chords = Harmony();
        List<int> voicing = [];
        var tune = new Tune(style, chance);
        for (var bar = 0; bar < form.Bars; bar++)
        {
            voicing = [.. chords[bar].Voiced(key, 62, voicing)];
            var fullness = form.Fullness[bar];
            WriteChord(bar, voicing, fullness);
            if (fullness > 1 || bar == form.Bars - 1)
            {
                WriteBass(bar, chords[bar]);
            }
            WriteDrums(bar, fullness);
            WriteFigure(bar, voicing, fullness);
            if (fullness == 3 && bar < form.Bars - 1)
            {
                notes.AddRange(tune.Bar(bar, key, chords[bar]));
            }
        }
        WriteEnd(chords[form.Bars].Voiced(key, 62, voicing), chords[form.Bars]);
        return notes;
    }

    private List<Chord> Harmony()
    {
        var round = Chord.Read(style.Rounds[chance.Next(style.Rounds.Count)]);
        var cadence = Chord.Read(style.Cadence);
        var chords = Enumerable.Range(0, form.Bars + 1).Select(b => round[b % round.Count]).ToList();
        var (last, leading) = (cadence[^1], cadence.Take(cadence.Count - 1).ToList());
        for (var i = 0; i < leading.Count && form.Bars - 1 - i > 0; i++)
        {
            chords[form.Bars - 1 - i] = leading[^(i + 1)];
        }
        chords[form.Bars] = last;
        return chords;
    }

    private void WriteChord(int bar, IReadOnlyList<int> voicing, int fullness)
    {
        var start = bar * 4.0;
        foreach (var pitch in voicing)
        {
            notes.Add(new Note(Part.Pad, start, 4, pitch, 0.5 + (0.12 * fullness)));
        }
        var strikes = fullness == 1 ? style.Strikes.Take(1) : style.Strikes;
        foreach (var step in strikes)
        {
            var next = style.Strikes.FirstOrDefault(s => s > step, 16);
            foreach (var (index, pitch) in voicing.Index())
            {
                // Hands do not strike all keys at once.
                notes.Add(new Note(
                    Part.Keys,
                    start + Swung(step) + (index * 0.008),
                    Math.Min(fullness == 1 ? 4 : (next - step) / 4.0, 4),
                    pitch,
                    Human(step == 0 ? 0.72 : 0.58)));
            }
        }
    }

    private void WriteBass(int bar, Chord chord)
    {
        var start = bar * 4.0;
        var root = (key + chord.Root) % 12 + 36;
        root = root > 43 ? root - 12 : root;
        var steps = style.BassSteps.Count == 0 ? [0] : style.BassSteps;
        foreach (var (index, step) in steps.Index())
        {
            var next = index + 1 < steps.Count ? steps[index + 1] : 16;
            var isLast = index == steps.Count - 1 && steps.Count > 2;
            var pitch = isLast && chance.NextDouble() < 0.4 ? root + 7 : root;
            notes.Add(new Note(Part.Bass, start + Swung(step), (next - step) / 4.0 * 0.92, pitch, Human(step == 0 ? 0.85 : 0.7)));
        }
    }

    private void WriteDrums(int bar, int fullness)
    {
        var start = bar * 4.0;
        var isLast = bar == form.Bars - 1;
        var opens = bar > 0 && fullness > form.Fullness[bar - 1];
        if (opens && style.Drums.Count > 0)
        {
            notes.Add(new Note(Part.Crash, start, 4, 60, 0.5));
            notes.Add(new Note(Part.Swell, start - 2, 2, 60, 0.45));
        }
        foreach (var (part, pattern) in style.Drums)
        {
            // The second storey has time-keepers and the kick of the first beat alone.
            var isLight = part is Part.Shaker or Part.Hat or Part.Rim;
            if (fullness == 1 || (fullness == 2 && !isLight && part is not (Part.Kick or Part.Taiko)))
            {
                continue;
            }
            for (var step = 0; step < 16; step++)
            {
                var velocity = pattern[step] switch { 'X' => 0.95, 'x' => 0.75, 'o' => 0.45, _ => 0 };
                if (velocity == 0 || (fullness == 2 && !isLight && step % 8 != 0) || (isLast && step >= 12 && part == Part.Kick))
                {
                    continue;
                }
                notes.Add(new Note(part, start + Swung(step), 0.25, 60, Human(velocity)));
            }
        }
        if (isLast && fullness > 1)
        {
            WriteFill(start);
        }
    }

    private void WriteFill(double start)
    {
        var part = style.Drums.ContainsKey(Part.Taiko) ? Part.Taiko
            : style.Drums.ContainsKey(Part.Snare) || style.Drums.ContainsKey(Part.Clap) ? Part.Snare
            : style.Drums.ContainsKey(Part.Rim) ? Part.Rim : (Part?)null;
        if (part is not { } drum)
        {
            return;
        }
        foreach (var (index, step) in new[] { 12, 13, 14, 15 }.Index())
        {
            notes.Add(new Note(drum, start + (step / 4.0), 0.25, 60, 0.4 + (0.12 * index)));
        }
        notes.Add(new Note(Part.Swell, start + 2, 2, 60, 0.5));
    }

    private void WriteFigure(int bar, IReadOnlyList<int> voicing, int fullness)
    {
        if (style.Arpeggio is null)
        {
            return;
        }
        var tones = voicing.Select(p => p + 12).Order().ToList();
        // Up and down, so that it never leaps.
        List<int> wave = [.. tones, .. tones.Skip(1).SkipLast(1).Reverse()];
        var place = bar % 2 == 0 ? 0 : wave.Count / 2;
        for (var step = 0; step < 16; step += style.ArpeggioStep)
        {
            var accent = step % 4 == 0 ? 0.1 : 0;
            var length = style.ArpeggioStep / 4.0;
            notes.Add(new Note(
                Part.Arpeggio,
                (bar * 4) + Swung(step),
                length,
                wave[place++ % wave.Count],
                Human(0.3 + (0.1 * fullness) + accent)));
        }
    }

    private void WriteEnd(IReadOnlyList<int> voicing, Chord chord)
    {
        var start = form.Bars * 4.0;
        var beats = form.RingSeconds / form.BeatSeconds;
        foreach (var (index, pitch) in voicing.Index())
        {
            notes.Add(new Note(Part.Pad, start, beats * 0.5, pitch, 0.75));
            notes.Add(new Note(Part.Keys, start + (index * 0.02), beats * 0.8, pitch, 0.8));
        }
        notes.Add(new Note(Part.Melody, start, beats * 0.8, voicing[^1] + 12, 0.6));
        var root = (key + chord.Root) % 12 + 36;
        notes.Add(new Note(Part.Bass, start, beats * 0.6, root > 43 ? root - 12 : root, 0.85));
        if (style.Drums.Count > 0)
        {
            notes.Add(new Note(Part.Crash, start, 4, 60, 0.6));
            notes.Add(new Note(style.Drums.ContainsKey(Part.Taiko) ? Part.Taiko : Part.Kick, start, 0.25, 60, 0.95));
        }
    }

    private double Swung(int step) => (step / 4.0) + (step % 2 == 1 ? style.Swing / 4 : 0);

    private double Human(double velocity) => Math.Clamp(velocity * (1 + (0.1 * (chance.NextDouble() - 0.5))), 0.05, 1);
}
