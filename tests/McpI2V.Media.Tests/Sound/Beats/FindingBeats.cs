using System.Runtime.InteropServices;
using McpI2V.Media.Sound;
using McpI2V.Media.Sound.Beats;
using McpI2V.Media.Sound.Music;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Media.Tests.Sound.Beats;

public sealed class FindingBeats
{
    [Theory]
    [InlineData(74)]
    [InlineData(96)]
    [InlineData(120)]
    [InlineData(137)]
    public void Drums_of_a_known_tempo_are_found_to_the_hundredth_of_a_second(double bpm)
    {
        var grid = Find(Drums(bpm, first: 0.31, seconds: 12))!;

        Assert.Equal(bpm, grid.Bpm, 0.3);
        Assert.All(grid.Beats.Skip(1).SkipLast(1), b => Assert.InRange(Off(b - 0.31, 60 / bpm), -0.015, 0.015));
        Assert.All(grid.Bars.Skip(1), b => Assert.InRange(Off(b - 0.31, 240 / bpm), -0.02, 0.02));
    }

    [Theory]
    [InlineData(Mood.Energetic)]
    [InlineData(Mood.Upbeat)]
    public void A_bed_of_our_own_has_its_beats_where_it_was_written(Mood mood)
    {
        var folder = Directory.CreateTempSubdirectory("i2v-beats-");
        var path = Path.Combine(folder.FullName, "bed.wav");
        var bed = MusicBed.Of(mood, 12, bpm: null, seed: 5);
        bed.Write(path, TestContext.Current.CancellationToken);
        var sound = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path).AsSpan(WaveWriter.HeaderBytes)).ToArray();
        folder.Delete(recursive: true);

        var grid = Find(sound)!;

        Assert.Equal(bed.Bpm, grid.Bpm, 0.6);
        var off = grid.Beats.Select(b => Math.Abs(Off(b, 60 / bed.Bpm))).Order().ToList();
        Assert.InRange(off[off.Count * 9 / 10], 0, 0.025);
    }

    [Fact]
    public void Where_there_is_no_beat_none_is_made_up()
    {
        var chance = new Random(4);
        float[] hiss = [.. Enumerable.Range(0, 8 * 96_000).Select(_ => (float)(0.2 * (chance.NextDouble() - 0.5)))];
        float[] tone = [.. Enumerable.Range(0, 8 * 96_000).Select(i => (float)(0.2 * Math.Sin(2 * Math.PI * 220 * (i / 2) / 48_000.0)))];

        Assert.Null(Find(hiss));
        Assert.Null(Find(tone));
        Assert.Null(Find(new float[8 * 96_000]));
        Assert.Null(Find(Drums(120, 0, 2)));
        Assert.Null(Find([]));
    }

    private static BeatGrid? Find(float[] sound)
    {
        var tracker = new BeatTracker();
        tracker.Add(sound);
        return tracker.Find();
    }

    // Where it lies from the nearest of a row of times.
    private static double Off(double time, double step) => time - (Math.Round(time / step) * step);

    // A kick on each beat, harder and lower on the first of four, a hat on each half.
    private static float[] Drums(double bpm, double first, double seconds)
    {
        var sound = new float[(int)(seconds * 48_000) * 2];
        var chance = new Random(1);
        for (var half = 0; first + (half * 30 / bpm) < seconds; half++)
        {
            var from = (int)((first + (half * 30 / bpm)) * 48_000);
            for (var i = 0; i < 7_200 && from + i < sound.Length / 2; i++)
            {
                var t = i / 48_000.0;
                var hit = half % 2 == 1 ? 0.1 * Math.Exp(-t / 0.02) * (chance.NextDouble() - 0.5)
                    : (half % 8 == 0 ? 0.7 : 0.35) * Math.Exp(-t / 0.06) * Math.Sin(2 * Math.PI * (half % 8 == 0 ? 60 : 180) * t);
                sound[(from + i) * 2] += (float)hit;
                sound[((from + i) * 2) + 1] += (float)hit;
            }
        }
        return sound;
    }
}
