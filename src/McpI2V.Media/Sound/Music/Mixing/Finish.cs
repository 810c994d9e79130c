using McpI2V.Media.Sound.Music.Instruments;

namespace McpI2V.Media.Sound.Music.Mixing;

/// <summary>What a mastering engineer adds to a good mix: some air above, some width where it does not cost the bass its place.</summary>
internal static class Finish
{
    private const double PresenceHertz = 3_600;
    private const double Presence = 0.8;
    private const double AirHertz = 7_000;
    private const double Air = 0.15;
    private const double WideHertz = 260;
    private const double Width = 0.55;

    public static void Apply(Span<float> mix)
    {
        Filter[] presence = [new(PresenceHertz, 0.5), new(PresenceHertz, 0.5)];
        Filter[] air = [new(AirHertz), new(AirHertz)];
        var (wide, rumble) = (new Filter(WideHertz, 0.55), new[] { new Filter(28), new Filter(28) });
        for (var i = 0; i < mix.Length; i += 2)
        {
            var (left, right) = (rumble[0].High(mix[i]), rumble[1].High(mix[i + 1]));
            left += (Presence * presence[0].Band(left)) + (Air * air[0].High(left));
            right += (Presence * presence[1].Band(right)) + (Air * air[1].High(right));
            var side = Width * wide.High((left - right) / 2);
            mix[i] = (float)(left + side);
            mix[i + 1] = (float)(right - side);
        }
    }
}
