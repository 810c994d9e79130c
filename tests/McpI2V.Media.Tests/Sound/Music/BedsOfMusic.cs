using System.Runtime.InteropServices;
using McpI2V.Media.Sound;
using McpI2V.Media.Sound.Loudness;
using McpI2V.Media.Sound.Music;
using McpI2V.Media.Sound.Music.Instruments;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Media.Tests.Sound.Music;

public sealed class BedsOfMusic : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-beds-").FullName;

    public static TheoryData<Mood> Moods => [.. Enum.GetValues<Mood>()];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Moods))]
    public void A_bed_of_any_mood_is_as_long_and_loud_as_it_should_be_wide_and_ends_on_a_chord_that_dies_away(Mood mood)
    {
        var bed = MusicBed.Of(mood, 6, bpm: null, seed: 3);

        var sound = Play(bed);

        var levels = new SoundLevels();
        levels.Add(sound);
        Assert.Equal(6 * 48_000 * 2, sound.Length);
        Assert.Equal(-16, levels.Lufs, 0.3);
        Assert.InRange(20 * Math.Log10(levels.TruePeak), -9, -1);
        Assert.InRange(Side(sound), -20, -3.5);
        Assert.True(Db(sound, 5.98, 6) < -45, "it ends in silence");
        var last = bed.Bars * 240 / bed.Bpm;
        Assert.InRange(6 - last, 1.1, 6);
        Assert.True(Db(sound, last + 0.02, last + 0.4) > -24, "the last chord is heard on its beat");
        Assert.True(Db(sound, 0, 0.5) > -45, "it begins at once");
    }

    [Fact]
    public void The_same_order_is_the_same_piece_and_another_seed_another_one()
    {
        var first = Play(MusicBed.Of(Mood.Elegant, 5, 100, seed: 1));

        Assert.Equal(first, Play(MusicBed.Of(Mood.Elegant, 5, 100, seed: 1)));
        Assert.NotEqual(first, Play(MusicBed.Of(Mood.Elegant, 5, 100, seed: 2)));
    }

    [Theory]
    [InlineData(3, 60)]
    [InlineData(3, 180)]
    [InlineData(7.3, 97.5)]
    public void A_length_is_kept_to_the_sample_at_any_tempo(double seconds, double bpm)
    {
        var sound = Play(MusicBed.Of(Mood.Playful, seconds, bpm, seed: 9));

        Assert.Equal((int)Math.Round(seconds * 48_000) * 2, sound.Length);
        Assert.DoesNotContain(sound, s => !float.IsFinite(s));
    }

    [Theory]
    [InlineData(110)]
    [InlineData(330)]
    [InlineData(784)]
    public void A_plucked_string_is_in_tune(double hertz)
    {
        var sound = new float[96_000];
        var track = new Track(sound, new float[96_000], 1, 0, 0);

        Struck.Pluck(new Tone(0, 48_000, hertz, 0.8, new Random(1)), track);

        Assert.InRange(1_200 * Math.Log2(PitchOf([.. sound.Where((_, i) => i % 2 == 0)], hertz) / hertz), -5, 5);
    }

    [Theory]
    [InlineData("something calm for a spa, not energetic", Mood.Calm)]
    [InlineData("Epic orchestral trailer", Mood.Cinematic)]
    [InlineData("upbeat summer pop", Mood.Upbeat)]
    [InlineData("lo-fi hip hop", Mood.Lofi)]
    [InlineData("fundamental", null)]
    [InlineData("", null)]
    public void Words_name_a_mood(string words, Mood? mood) => Assert.Equal(mood, MoodWords.MoodIn(words));

    [Theory]
    [InlineData("96 bpm", 96.0)]
    [InlineData("128", 128.0)]
    [InlineData("slow", 77.0)]
    [InlineData("fast", 103.0)]
    [InlineData("a 15 second bed", null)]
    public void Words_name_a_tempo(string words, double? bpm) => Assert.Equal(bpm, MoodWords.TempoIn(words, Mood.Warm));

    private float[] Play(MusicBed bed)
    {
        var path = Path.Combine(folder, "bed.wav");
        bed.Write(path, TestContext.Current.CancellationToken);
        return MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(path).AsSpan(WaveWriter.HeaderBytes)).ToArray();
    }

    private static double Db(float[] sound, double from, double to)
    {
        var part = sound[((int)(from * 48_000) * 2)..((int)(to * 48_000) * 2)];
        return 10 * Math.Log10(part.Average(s => (double)s * s) + 1e-12);
    }

    // What differs between left and right against what is the same.
    private static double Side(float[] sound)
    {
        double side = 0, middle = 0;
        for (var i = 0; i < sound.Length; i += 2)
        {
            side += Math.Pow(sound[i] - sound[i + 1], 2);
            middle += Math.Pow(sound[i] + sound[i + 1], 2);
        }
        return 10 * Math.Log10(side / middle);
    }

    // The lag near the expected one at which the sound is most like itself, between samples.
    private static double PitchOf(float[] sound, double near)
    {
        const int Rounds = 8;
        var middle = (int)Math.Round(Rounds * 48_000 / near);
        var lags = Enumerable.Range(middle - (middle / 40) - 2, (middle / 20) + 5).ToArray();
        var likeness = lags.Select(l => Enumerable.Range(4_800, 9_600).Sum(i => (double)sound[i] * sound[i + l])).ToArray();
        var best = Array.IndexOf(likeness, likeness.Max());
        var (a, b, c) = (likeness[best - 1], likeness[best], likeness[best + 1]);
        return Rounds * 48_000 / (lags[best] + (0.5 * (a - c) / (a - (2 * b) + c)));
    }
}
