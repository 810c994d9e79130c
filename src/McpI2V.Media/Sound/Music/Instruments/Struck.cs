namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>What is struck or plucked and dies away: pianos, bells, bars, strings.</summary>
internal static class Struck
{
    private const double DampSeconds = 0.14;

    /// <summary>A piano with felt on its hammers: partials that are a little sharp and die the sooner the higher they are.</summary>
    public static void Piano(Tone tone, Track track)
    {
        var place = Math.Clamp((tone.Hertz - 260) / 1_600, -0.35, 0.45);
        var partials = Enumerable.Range(1, 12)
            .Select(k => (K: k, Hertz: k * tone.Hertz * Math.Sqrt(1 + (0.0004 * k * k))))
            .Where(p => p.Hertz < 11_000)
            .Select(p => new Partial(
                p.Hertz,
                Math.Exp(-(p.K - 1) * (0.4 - (0.24 * tone.Velocity))) / Math.Sqrt(p.K),
                3.2 * Math.Pow(220 / tone.Hertz, 0.45) / (1 + (0.35 * (p.K - 1)))))
            .ToList();
        var thump = new Filter(2_500);
        Ring(tone, track, partials, attack: 0.004, loudness: 0.5, place, t => 0.5 * Math.Exp(-t / 0.012) * thump.Low(tone.Noise()));
    }

    /// <summary>A bell of a celesta.</summary>
    public static void Bell(Tone tone, Track track) => Ring(
        tone,
        track,
        [
            new(tone.Hertz, 1, 1.5),
            new(tone.Hertz * 2.0, 0.28, 0.8),
            new(tone.Hertz * 3.01, 0.16, 0.5),
            new(tone.Hertz * 5.4, 0.22 * tone.Velocity, 0.2),
        ],
        attack: 0.002,
        loudness: 0.42,
        place: 0.2);

    /// <summary>A bar of wood.</summary>
    public static void Marimba(Tone tone, Track track) => Ring(
        tone with { Held = Math.Max(tone.Held, Tone.Samples(0.4)) },
        track,
        [
            new(tone.Hertz, 1, 0.42 * Math.Sqrt(440 / tone.Hertz)),
            new(tone.Hertz * 3.93, 0.5 * tone.Velocity, 0.1),
            new(tone.Hertz * 9.2, 0.25 * tone.Velocity, 0.035),
        ],
        attack: 0.0015,
        loudness: 0.6,
        place: -0.15);

    /// <summary>An electric piano: one sine shakes another, and both die away.</summary>
    public static void ElectricPiano(Tone tone, Track track)
    {
        var length = tone.Held + Tone.Samples(0.3);
        var phase = tone.Phase();
        for (var i = 0; i < length; i++)
        {
            var t = (double)i / SoundRate.Samples;
            var turn = 2 * Math.PI * tone.Hertz * t;
            var body = Math.Sin(turn + (1.9 * tone.Velocity * Math.Exp(-t / 0.7) * Math.Sin(turn)));
            var tine = 0.3 * tone.Velocity * Math.Exp(-t / 0.14) * Math.Sin(turn * 7.02);
            var level = tone.Swell(i, 0.003, 0.3) * tone.Velocity * Math.Exp(-t / 2.4) * 0.42;
            var sway = 0.18 * Math.Sin(2 * Math.PI * ((4.2 * t) + phase));
            track.Add(tone.From + i, (body + tine) * level * (1 - sway), (body + tine) * level * (1 + sway));
        }
    }

    /// <summary>A plucked string after Karplus and Strong: a burst of noise that goes round and loses its edge.</summary>
    public static void Pluck(Tone tone, Track track)
    {
        var period = (double)SoundRate.Samples / tone.Hertz;
        // The averaging filter adds half a sample to each round.
        var whole = (int)Math.Floor(period - 0.5);
        var rest = period - 0.5 - whole;
        var bend = (1 - rest) / (1 + rest);
        var soft = new Filter(3_500 + (9_000 * tone.Velocity));
        var line = new double[Math.Max(2, whole)];
        for (var i = 0; i < line.Length; i++)
        {
            line[i] = soft.Low(tone.Noise());
        }
        var mean = line.Average();
        var (place, before, passIn, passOut) = (0, 0.0, 0.0, 0.0);
        var length = Math.Min(tone.Held + Tone.Samples(0.9), Tone.Samples(2.4));
        var loss = Math.Pow(0.9965, 220 / tone.Hertz);
        for (var i = 0; i < length; i++)
        {
            var sample = line[place] - mean;
            var averaged = loss * 0.5 * (line[place] + before);
            before = line[place];
            var passed = (bend * averaged) + passIn - (bend * passOut);
            (passIn, passOut) = (averaged, passed);
            line[place] = passed;
            place = place + 1 == line.Length ? 0 : place + 1;
            var level = tone.Swell(i, 0.0015, 0.9) * tone.Velocity * 0.75;
            track.Add(tone.From + i, sample * level);
        }
    }

    private static void Ring(
        Tone tone,
        Track track,
        IReadOnlyList<Partial> partials,
        double attack,
        double loudness,
        double place,
        Func<double, double>? strike = null)
    {
        var longest = partials.Max(p => p.Seconds) * 5;
        var length = Math.Min(tone.Held + Tone.Samples(DampSeconds), Tone.Samples(longest));
        var (cosine, sine) = (partials.Select(_ => 0.0).ToArray(), partials.Select(p => p.Loudness).ToArray());
        // Each partial turns and shrinks by one multiplication a sample.
        var turns = partials.Select(p =>
        {
            var (angle, shrink) = (2 * Math.PI * p.Hertz / SoundRate.Samples, Math.Exp(-1 / (p.Seconds * SoundRate.Samples)));
            return (Cos: Math.Cos(angle) * shrink, Sin: Math.Sin(angle) * shrink);
        }).ToArray();
        for (var i = 0; i < length; i++)
        {
            double sound = 0;
            for (var k = 0; k < turns.Length; k++)
            {
                var (cos, sin) = turns[k];
                (cosine[k], sine[k]) = ((cosine[k] * cos) + (sine[k] * sin), (sine[k] * cos) - (cosine[k] * sin));
                sound += cosine[k];
            }
            sound += strike is null ? 0 : strike((double)i / SoundRate.Samples);
            var level = tone.Swell(i, attack, DampSeconds) * tone.Velocity * loudness;
            track.Add(tone.From + i, sound * level * (1 - place), sound * level * (1 + place));
        }
    }

    private sealed record Partial(double Hertz, double Loudness, double Seconds);
}
