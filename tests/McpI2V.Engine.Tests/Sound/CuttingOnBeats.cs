using McpI2V.Engine.Sound;
using McpI2V.Media.Sound.Beats;

namespace McpI2V.Engine.Tests.Sound;

public sealed class CuttingOnBeats
{
    // 120 beats a minute, the first bar at half a second.
    private static readonly BeatGrid Grid = new(120, [.. Enumerable.Range(0, 16).Select(i => 0.5 + (i * 0.5))], FirstBar: 0);

    [Fact]
    public void Cuts_fall_on_bars_where_one_is_near_and_else_on_beats()
    {
        var kept = FilmCuts.Of([2.8, 1.3, 3], overlap: 0, Grid, musicSeconds: 8.5);

        Assert.Equal([2.5, 1, 3], kept);
    }

    [Fact]
    public void A_transition_is_half_over_on_a_beat()
    {
        var kept = FilmCuts.Of([3, 3], overlap: 0.4, Grid, musicSeconds: 8.5);

        Assert.Equal(2.7, kept[0], 6);
        Assert.Equal(4.5, kept[0] - 0.4 + kept[1], 6);
    }

    [Fact]
    public void Music_that_goes_round_keeps_its_beats_and_where_there_is_none_a_clip_is_kept_whole()
    {
        var grid = new BeatGrid(60, [1, 2, 3, 4], FirstBar: 0);

        var early = FilmCuts.Of([0.9, 0.9, 1.3], overlap: 0, grid, musicSeconds: 100);

        Assert.Equal([0.9, 0.9, 1.2], early.Select(k => Math.Round(k, 6)));
        Assert.Equal([4, 7], FilmCuts.Of([4.4, 8], overlap: 0, grid, musicSeconds: 5));
    }

    [Fact]
    public void No_clip_is_longer_than_it_was()
    {
        var chance = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            double[] lengths = [.. Enumerable.Range(0, 4).Select(_ => 0.8 + (chance.NextDouble() * 5))];
            var overlap = chance.NextDouble() * 0.5;

            var kept = FilmCuts.Of(lengths, overlap, Grid, musicSeconds: 8.5);

            Assert.All(kept.Zip(lengths), k => Assert.InRange(k.First, Math.Min(0.5, k.Second) - 1e-9, k.Second + 0.002));
        }
    }
}
