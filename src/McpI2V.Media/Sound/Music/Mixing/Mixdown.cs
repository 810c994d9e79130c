using McpI2V.Media.Sound.Loudness;
using McpI2V.Media.Sound.Music.Instruments;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Media.Sound.Music.Mixing;

/// <summary>Plays notes to stereo of 48 kHz, in a room, at the loudness of a bed.</summary>
internal sealed class Mixdown(Style style, Form form, double seconds, int seed)
{
    // A bed lies under a voice: 2 LU softer than what an export comes to.
    private static readonly LoudnessTarget Bed = new(-16, -1);

    // Half of full scale: chords never reach it, drums do.
    private const double Knee = 0.5;

    private readonly int frames = (int)Math.Round(seconds * SoundRate.Samples);

    /// <summary>The whole piece, left and right in turn.</summary>
    public float[] Play(IReadOnlyList<Note> notes, CancellationToken cancellationToken)
    {
        var mix = new float[frames * 2];
        var yielding = new float[frames * 2];
        var room = new float[frames * 2];
        foreach (var group in notes.GroupBy(n => n.Part).OrderBy(g => g.Key))
        {
            var seat = Band.Of(group.Key, style);
            var track = new Track(seat.GivesWay ? yielding : mix, room, Math.Pow(10, seat.GainDb / 20), seat.Room * style.Room, seat.Pan);
            var chance = new Random(HashCode(seed, (int)group.Key));
            foreach (var note in group.OrderBy(n => n.Beat))
            {
                cancellationToken.ThrowIfCancellationRequested();
                seat.Play(ToneOf(note, chance), track);
            }
        }
        GiveWay(yielding, notes);
        for (var i = 0; i < mix.Length; i++)
        {
            mix[i] += yielding[i];
        }
        Reverb.Add(room, mix);
        return Mastered(mix);
    }

    private Tone ToneOf(Note note, Random chance)
    {
        var from = note.Beat * form.BeatSeconds * SoundRate.Samples;
        // Nobody is exact to the sample; more than a few milliseconds would be a mistake.
        var late = note.Part is Part.Kick or Part.Bass ? 0 : (chance.NextDouble() - 0.5) * 0.006 * SoundRate.Samples;
        return new Tone(
            (long)Math.Max(0, from + late),
            Tone.Samples(note.Beats * form.BeatSeconds),
            440 * Math.Pow(2, (note.Pitch - 69) / 12.0),
            note.Velocity,
            chance);
    }

    private void GiveWay(float[] sound, IReadOnlyList<Note> notes)
    {
        if (style.PumpDb == 0)
        {
            return;
        }
        var depth = 1 - Math.Pow(10, -style.PumpDb / 20);
        var fall = form.BeatSeconds * 0.35 * SoundRate.Samples;
        var kicks = notes.Where(n => n.Part == Part.Kick)
            .Select(n => (From: n.Beat * form.BeatSeconds * SoundRate.Samples, n.Velocity))
            .OrderBy(k => k.From)
            .ToList();
        var next = 0;
        var (since, hard) = (double.MaxValue, 0.0);
        for (var frame = 0; frame < frames; frame++)
        {
            if (next < kicks.Count && frame >= kicks[next].From)
            {
                (since, hard) = (0, kicks[next].Velocity);
                next++;
            }
            // Two milliseconds down, or the dip itself would click.
            var gain = since == double.MaxValue ? 1 : 1 - (depth * hard * Math.Min(1, since / 96) * Math.Exp(-since / fall));
            since += since == double.MaxValue ? 0 : 1;
            sound[frame * 2] *= (float)gain;
            sound[(frame * 2) + 1] *= (float)gain;
        }
    }

    private float[] Mastered(float[] mix)
    {
        Finish.Apply(mix);
        Scale(mix, new LoudnessTarget(Bed.Lufs, PeakDb: 40));
        var fade = (int)(Math.Min(form.RingSeconds * 0.6, 1.6) * SoundRate.Samples);
        for (var frame = 0; frame < frames; frame++)
        {
            var left = frames - frame;
            var gain = left < fade ? 0.5 - (0.5 * Math.Cos(Math.PI * left / fade)) : 1;
            for (var side = 0; side < 2; side++)
            {
                mix[(frame * 2) + side] = (float)(gain * Bent(mix[(frame * 2) + side]));
            }
        }
        Scale(mix, Bed);
        return mix;
    }

    // A gentle bend at the top holds drums and chords together.
    private static double Bent(double sample)
    {
        var over = Math.Abs(sample) - Knee;
        return over <= 0 ? sample : Math.Sign(sample) * (Knee + ((1 - Knee) * Math.Tanh(over / (1 - Knee))));
    }

    private void Scale(float[] mix, LoudnessTarget target)
    {
        var levels = new SoundLevels();
        levels.Add(mix);
        var gains = target.GainsFor(levels);
        for (var frame = 0; frame < frames; frame++)
        {
            var gain = gains[Math.Min(frame / SoundRate.SamplesPerLevel, gains.Length - 1)];
            mix[frame * 2] *= gain;
            mix[(frame * 2) + 1] *= gain;
        }
    }

    // Players do not share their dice, or one note more of the bass would change the drums.
    private static int HashCode(int seed, int part) => unchecked((seed * 397) ^ ((part + 1) * 7919));
}
