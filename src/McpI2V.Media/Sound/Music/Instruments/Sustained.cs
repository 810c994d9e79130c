namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>What holds its tones: pads, strings, stabs, basses.</summary>
internal static class Sustained
{
    /// <summary>Wide and soft.</summary>
    public static void Pad(Tone tone, Track track) => Saws(tone, track, new(0.3, 0.9, 1_500, 2_400, 9, 0));

    /// <summary>Bowed, with a slight shake that comes late.</summary>
    public static void Strings(Tone tone, Track track) => Saws(tone, track, new(0.18, 0.5, 2_400, 3_400, 7, 0.0025));

    /// <summary>Short strokes of the bow.</summary>
    public static void Spiccato(Tone tone, Track track) =>
        Saws(tone with { Held = Math.Min(tone.Held, Tone.Samples(0.11)) }, track, new(0.006, 0.16, 2_400, 5_000, 6, 0));

    /// <summary>A chord hit that closes at once.</summary>
    public static void Stab(Tone tone, Track track) =>
        Saws(tone with { Held = Math.Min(tone.Held, Tone.Samples(0.16)) }, track, new(0.004, 0.22, 1_600, 7_500, 11, 0));

    /// <summary>Round and quiet about itself.</summary>
    public static void RoundBass(Tone tone, Track track)
    {
        var (filter, saw) = (new Filter(700), new Saw(tone.Hertz, 0));
        Play(tone, 0.006, 0.07, (sample, level) =>
        {
            var t = (double)sample / SoundRate.Samples;
            var wave = Math.Sin(2 * Math.PI * tone.Hertz * t) + (0.3 * filter.Low(saw.Next()));
            track.Add(tone.From + sample, Math.Tanh(1.3 * wave * level * (0.7 + (0.3 * Math.Exp(-t / 0.25)))) * 0.8);
        });
    }

    /// <summary>Two saws and a sine below, whose edge closes.</summary>
    public static void SynthBass(Tone tone, Track track)
    {
        var filter = new Filter(200, 0.9);
        var saws = new[] { new Saw(tone.Hertz * 1.003, 0.1), new Saw(tone.Hertz * 0.997, 0.6) };
        Play(tone, 0.004, 0.06, (sample, level) =>
        {
            var t = (double)sample / SoundRate.Samples;
            if (sample % 16 == 0)
            {
                filter.Set(220 + (2_200 * tone.Velocity * Math.Exp(-t / 0.14)), 0.9);
            }
            var wave = (0.35 * filter.Low(saws[0].Next() + saws[1].Next())) + (0.65 * Math.Sin(2 * Math.PI * tone.Hertz * t));
            track.Add(tone.From + sample, Math.Tanh(1.4 * wave * level) * 0.75);
        });
    }

    private static void Saws(Tone tone, Track track, Sound sound)
    {
        var sides = new[] { Voices(tone, sound.DetuneCents), Voices(tone, sound.DetuneCents) };
        Filter[] low = [new(sound.Cutoff), new(sound.Cutoff)];
        Filter[] high = [new(190), new(190)];
        var drift = tone.Phase();
        Play(tone, sound.Attack, sound.Release, (sample, level) =>
        {
            var t = (double)sample / SoundRate.Samples;
            if (sample % 32 == 0)
            {
                var open = sound.Cutoff + (sound.Opens * tone.Velocity * Math.Exp(-t / (4 * sound.Attack + 0.2)))
                    + (120 * Math.Sin(2 * Math.PI * ((0.13 * t) + drift)));
                low[0].Set(open);
                low[1].Set(open);
            }
            var bend = 1 + (sound.Shake * Math.Min(1, t / 0.6) * Math.Sin(2 * Math.PI * 5.3 * t));
            var (left, right) = (0.0, 0.0);
            for (var voice = 0; voice < sides[0].Length; voice++)
            {
                left += sides[0][voice].Next(bend);
                right += sides[1][voice].Next(bend);
            }
            track.Add(tone.From + sample, high[0].High(low[0].Low(left)) * level * 0.22, high[1].High(low[1].Low(right)) * level * 0.22);
        });
    }

    private static Saw[] Voices(Tone tone, double cents) =>
        [.. new[] { -cents, 0.4, cents }.Select(c => new Saw(tone.Hertz * Math.Pow(2, c / 1200), tone.Phase()))];

    private static void Play(Tone tone, double attack, double release, Action<int, double> sample)
    {
        var length = tone.Held + Tone.Samples(release);
        for (var i = 0; i < length; i++)
        {
            sample(i, tone.Swell(i, attack, release) * tone.Velocity);
        }
    }

    private sealed record Sound(double Attack, double Release, double Cutoff, double Opens, double DetuneCents, double Shake);
}
