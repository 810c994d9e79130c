namespace McpI2V.Media.Sound.Music.Mixing;

/// <summary>A room after Jezar's Freeverb: eight combs and four all-passes a side, tuned for 48 kHz.</summary>
internal static class Reverb
{
    private const int Spread = 25;
    private const double Feedback = 0.84;
    private const double Damping = 0.32;
    private static readonly int[] Combs = [1_215, 1_293, 1_390, 1_476, 1_548, 1_623, 1_695, 1_760];
    private static readonly int[] AllPasses = [605, 480, 371, 245];

    /// <summary>Adds the room's answer to a mix.</summary>
    /// <param name="heard">What the room hears, left and right in turn.</param>
    /// <param name="mix">What its answer is added to.</param>
    public static void Add(ReadOnlySpan<float> heard, Span<float> mix)
    {
        for (var side = 0; side < 2; side++)
        {
            var combs = Combs.Select(c => new Comb(c + (side * Spread))).ToArray();
            var passes = AllPasses.Select(a => new AllPass(a + (side * Spread))).ToArray();
            double low = 0;
            for (var i = 0; i < heard.Length; i += 2)
            {
                var both = heard[i] + heard[i + 1];
                // A room that answers the bass makes mud.
                low += 0.03 * (both - low);
                var into = (both - low) * 0.03;
                double sound = 0;
                foreach (var comb in combs)
                {
                    sound += comb.Next(into);
                }
                foreach (var pass in passes)
                {
                    sound = pass.Next(sound);
                }
                mix[i + side] += (float)sound;
            }
        }
    }

    private sealed class Comb(int length)
    {
        private readonly double[] line = new double[length];
        private int place;
        private double damped;

        public double Next(double sample)
        {
            var sound = line[place];
            damped = (sound * (1 - Damping)) + (damped * Damping);
            line[place] = sample + (damped * Feedback);
            place = place + 1 == length ? 0 : place + 1;
            return sound;
        }
    }

    private sealed class AllPass(int length)
    {
        private readonly double[] line = new double[length];
        private int place;

        public double Next(double sample)
        {
            var held = line[place];
            line[place] = sample + (held * 0.5);
            place = place + 1 == length ? 0 : place + 1;
            return held - sample;
        }
    }
}
