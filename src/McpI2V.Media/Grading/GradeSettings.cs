using McpI2V.Media.Grading.Light;

namespace McpI2V.Media.Grading;

/// <summary>A grade in numbers; all zero changes nothing.</summary>
internal sealed record GradeSettings : IColourStep
{
    private const double ToneReach = 0.8;
    private const double VividChroma = 0.32;

    // Where skin lies: OKLab's angle of it, in radians, and how far around.
    private const double SkinHue = 0.85;
    private const double SkinWidth = 0.6;

    // Up to here exposure is what it says; above, light rolls off instead of being cut.
    private const double Knee = 0.6;

    /// <summary>Stops, -2 to 2.</summary>
    public double Exposure { get; init; }

    /// <summary>-1 flat to 1 hard.</summary>
    public double Contrast { get; init; }

    /// <summary>What is bright, -1 darker to 1 brighter.</summary>
    public double Highlights { get; init; }

    /// <summary>What is dark, -1 darker to 1 brighter.</summary>
    public double Shadows { get; init; }

    /// <summary>-1 grey to 1 vivid.</summary>
    public double Saturation { get; init; }

    /// <summary>Like saturation, more where there is little colour, less on skin; -1 to 1.</summary>
    public double Vibrance { get; init; }

    /// <summary>-1 cool to 1 warm.</summary>
    public double Temperature { get; init; }

    /// <summary>-1 green to 1 magenta.</summary>
    public double Tint { get; init; }

    /// <summary>True if it changes nothing.</summary>
    public bool IsNeutral => this == new GradeSettings();

    Func<Rgb, Rgb> IColourStep.Function()
    {
        List<Func<Rgb, Rgb>> light = [];
        if (Exposure != 0 || Temperature != 0 || Tint != 0)
        {
            light.Add(Exposed());
        }
        if (Highlights != 0 || Shadows != 0)
        {
            light.Add(Toned);
        }
        return coded =>
        {
            var made = coded.Clamped();
            if (light.Count > 0)
            {
                made = LinearLight.Coded(light.Aggregate(LinearLight.Of(made), (l, function) => function(l)));
            }
            if (Contrast != 0)
            {
                made = made.Clamped().Each(Contrasted);
            }
            return Saturation == 0 && Vibrance == 0 ? made : Coloured(made);
        };
    }

    private Func<Rgb, Rgb> Exposed()
    {
        var (balance, gain) = (new WhiteBalance(Temperature, Tint), Math.Pow(2, Exposure));
        var white = balance.Apply(new Rgb(1, 1, 1)).Times(gain);
        return light =>
        {
            var made = balance.Apply(light).Times(gain);
            return new Rgb(Rolled(made.Red, white.Red), Rolled(made.Green, white.Green), Rolled(made.Blue, white.Blue));
        };
    }

    // Reinhard's curve with a white point, from the knee on: no slope jumps, white stays white, and nothing is cut off.
    private static double Rolled(double light, double white)
    {
        if (white <= 1 || light <= Knee)
        {
            return light;
        }
        var (above, top) = ((light - Knee) / (1 - Knee), (white - Knee) / (1 - Knee));
        return Knee + ((1 - Knee) * above * (1 + (above / (top * top))) / (1 + above));
    }

    // By luminance, so that colours keep their hue; both curves rise everywhere, for any strength.
    private Rgb Toned(Rgb light)
    {
        var luminance = Math.Clamp(light.Luminance, 0, 1);
        if (luminance <= 0)
        {
            return light;
        }
        var tone = LinearLight.Coded(luminance);
        var moved = tone
            + (Shadows * ToneReach * tone * (1 - tone) * (1 - tone))
            + (Highlights * ToneReach * tone * tone * (1 - tone));
        return light.Times(LinearLight.Of(moved) / luminance);
    }

    // Both keep black, white and the middle, and are the same line at 0.
    private double Contrasted(double coded)
    {
        if (Contrast < 0)
        {
            return coded + (Contrast * 2.4 * coded * (1 - coded) * (coded - 0.5));
        }
        var (up, down) = (Math.Pow(coded, 1 + Contrast), Math.Pow(1 - coded, 1 + Contrast));
        return up / (up + down);
    }

    private Rgb Coloured(Rgb coded)
    {
        var lab = OkLab.Of(LinearLight.Of(coded.Clamped()));
        var turned = Math.Atan2(lab.B, lab.A) - SkinHue;
        var spared = Vibrance > 0 ? 1 - (0.6 * Math.Exp(-(turned * turned) / (SkinWidth * SkinWidth))) : 1;
        var pale = Math.Max(0, 1 - (lab.Chroma / VividChroma));
        var factor = (1 + Saturation) * (1 + (0.9 * Vibrance * pale * spared));
        return LinearLight.Coded(lab.WithChroma(factor).ToShownLight(lab));
    }
}
