namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>Drums and cymbals.</summary>
internal static class Drums
{
    public static void Kick(Tone tone, Track track)
    {
        double phase = 0;
        Each(tone, 0.45, (t, i, loud) =>
        {
            phase += 2 * Math.PI * (46 + (115 * Math.Exp(-t / 0.028))) / SoundRate.Samples;
            var click = 0.2 * Math.Exp(-t / 0.003) * tone.Noise();
            track.Add(tone.From + i, loud * (Math.Tanh(1.5 * Math.Sin(phase) * Math.Exp(-t / 0.15)) + click));
        });
    }

    public static void Snare(Tone tone, Track track)
    {
        Filter[] high = [new(1_400), new(1_400)];
        Each(tone, 0.4, (t, i, loud) =>
        {
            var skin = (0.5 * Math.Sin(2 * Math.PI * 188 * t) * Math.Exp(-t / 0.07))
                + (0.25 * Math.Sin(2 * Math.PI * 331 * t) * Math.Exp(-t / 0.04));
            var wires = 0.5 * Math.Exp(-t / 0.11);
            track.Add(
                tone.From + i,
                loud * (skin + (wires * high[0].High(tone.Noise()))),
                loud * (skin + (wires * high[1].High(tone.Noise()))));
        });
    }

    public static void Clap(Tone tone, Track track)
    {
        Filter[] band = [new(1_300, 1.1), new(1_450, 1.1)];
        Each(tone, 0.35, (t, i, loud) =>
        {
            // Several hands are never together.
            var hands = t < 0.03 ? Math.Exp(-(t % 0.0105) / 0.004) : 0;
            var level = loud * Math.Max(hands, t < 0.021 ? 0 : Math.Exp(-(t - 0.021) / 0.09));
            track.Add(tone.From + i, band[0].Band(tone.Noise()) * level, band[1].Band(tone.Noise()) * level);
        });
    }

    public static void Hat(Tone tone, Track track) => Hiss(tone, track, 7_500, 0.001, 0.028, 0.15);

    public static void OpenHat(Tone tone, Track track) => Hiss(tone, track, 7_000, 0.002, 0.13, 0.4);

    public static void Shaker(Tone tone, Track track) => Hiss(tone, track, 5_200, 0.018, 0.03, 0.14);

    public static void Crash(Tone tone, Track track) => Hiss(tone, track, 4_200, 0.003, 0.75, 2.6);

    public static void Rim(Tone tone, Track track)
    {
        var band = new Filter(2_200, 2);
        Each(tone, 0.12, (t, i, loud) => track.Add(
            tone.From + i,
            loud * ((0.5 * Math.Sin(2 * Math.PI * 1_720 * t) * Math.Exp(-t / 0.012))
                + (0.8 * band.Band(tone.Noise()) * Math.Exp(-t / 0.018)))));
    }

    public static void Taiko(Tone tone, Track track)
    {
        var skin = new Filter(700);
        double phase = 0;
        Each(tone, 1.1, (t, i, loud) =>
        {
            phase += 2 * Math.PI * (62 + (38 * Math.Exp(-t / 0.06))) / SoundRate.Samples;
            var drum = Math.Sin(phase) * Math.Exp(-t / 0.32);
            track.Add(tone.From + i, loud * (Math.Tanh(1.4 * drum) + (0.7 * skin.Low(tone.Noise()) * Math.Exp(-t / 0.03))));
        });
    }

    /// <summary>A cymbal that grows into what comes.</summary>
    public static void Swell(Tone tone, Track track)
    {
        Filter[] high = [new(3_800), new(3_800)];
        for (var i = 0; i < tone.Held; i++)
        {
            var part = (double)i / tone.Held;
            var level = Math.Pow(part, 3) * Math.Min(1, (1 - part) * 20) * tone.Velocity * 0.5;
            track.Add(tone.From + i, high[0].High(tone.Noise()) * level, high[1].High(tone.Noise()) * level);
        }
    }

    private static void Hiss(Tone tone, Track track, double hertz, double attack, double fall, double length)
    {
        Filter[] high = [new(hertz), new(hertz * 1.04)];
        Each(tone, length, (t, i, loud) =>
        {
            var level = loud * Math.Min(1, t / attack) * Math.Exp(-Math.Max(0, t - attack) / fall) * 0.6;
            track.Add(tone.From + i, high[0].High(tone.Noise()) * level, high[1].High(tone.Noise()) * level);
        });
    }

    // The last tenth fades, so that no drum ends in a click.
    private static void Each(Tone tone, double seconds, Action<double, int, double> sample)
    {
        var length = Tone.Samples(seconds);
        var loudness = Math.Pow(tone.Velocity, 1.4);
        for (var i = 0; i < length; i++)
        {
            sample((double)i / SoundRate.Samples, i, loudness * Math.Min(1, 10 * (1 - ((double)i / length))));
        }
    }
}
