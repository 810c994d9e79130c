namespace McpI2V.Engine.Sound;

/// <summary>A piece of music as it is heard under a clip; all in seconds.</summary>
/// <param name="Start">When of the clip it begins.</param>
/// <param name="From">Where in it.</param>
/// <param name="Seconds">How long it is.</param>
/// <param name="Loops">True if it begins again when it is over.</param>
internal sealed record HeardMusic(double Start, double From, double Seconds, bool Loops)
{
    /// <summary>The longest that is begun again from where it began; longer music begins again at its own start.</summary>
    private const double LongestHeld = 60;

    private double AgainFrom => Seconds <= LongestHeld ? From : 0;

    /// <summary>What place of it is heard at a moment of the clip.</summary>
    public double PlaceAt(double clip)
    {
        var heard = clip - Start;
        var once = Seconds - From;
        return !Loops || heard <= once ? From + heard : AgainFrom + ((heard - once) % (Seconds - AgainFrom));
    }

    /// <summary>When of a clip of a length its own moments are heard.</summary>
    public IEnumerable<double> OnClip(IReadOnlyList<double> moments, double duration)
    {
        var (begins, from) = (Start, From);
        while (begins < duration)
        {
            foreach (var moment in moments.Where(m => m >= from && m < Seconds))
            {
                if (begins + moment - from is var at && at < duration)
                {
                    yield return at;
                }
            }
            begins += Seconds - from;
            from = AgainFrom;
            if (!Loops || Seconds - from < 0.05)
            {
                yield break;
            }
        }
    }
}
