using McpI2V.Media.Sound.Loudness;

namespace McpI2V.Media.Tests.Clips.Operations;

public sealed class LoudnessOfClips : IDisposable
{
    // Beats like a drum's: short, with peaks far above their loudness.
    private const string Drum = "0.7*exp(-12*mod(t\\,0.5))*sin(2*PI*90*t)+0.2*exp(-40*mod(t\\,0.25))*(random(0)-0.5)";
    private const string Tone = "0.2*sin(2*PI*440*t)";
    private readonly Ears ears = new();

    public void Dispose() => ears.Dispose();

    [Theory]
    [InlineData(Tone, 0)]
    [InlineData(Tone, -24)]
    [InlineData(Drum, 0)]
    [InlineData(Drum, -24)]
    public async Task A_sound_comes_to_14_LUFS_and_never_past_1_dB_under_full_scale(string sound, double gain)
    {
        var source = await ears.SoundAsync(sound, 5);
        var clip = await ears.ClipAsync(null, 5);

        var path = await ears.RenderAsync(
            clip,
            new Shelf(source),
            FormattableString.Invariant($$"""{"op":"audio","audio":"audio-1","gain_db":{{gain}},"normalize":true}"""));

        var (lufs, peak) = await ears.MeterAsync(path);
        Assert.Equal(-14, lufs, 0.5);
        Assert.InRange(peak, -30, -1);
    }

    [Fact]
    public async Task A_sound_that_has_room_is_raised_by_one_gain_and_not_pressed()
    {
        var clip = await ears.ClipAsync("0.02*sin(2*PI*440*t)*(1+lt(t\\,2))", 4);

        var sound = await ears.HearAsync(await ears.RenderAsync(clip, """{"op":"loudness","lufs":-20}"""));

        Assert.Equal(6.02, Ears.Db(sound, 0.5, 1.5) - Ears.Db(sound, 2.5, 3.5), 0.1);
        Assert.Equal(-20, (await ears.MeterAsync(await ears.RenderAsync(clip, """{"op":"loudness","lufs":-20}"""))).Lufs, 0.3);
    }

    [Fact]
    public async Task Silence_stays_silent()
    {
        var clip = await ears.ClipAsync("0", 2);

        var sound = await ears.HearAsync(await ears.RenderAsync(clip, """{"op":"loudness"}"""));

        Assert.True(Ears.Db(sound, 0, 1.9) < -90, "nothing was there to be raised");
    }

    [Fact]
    public async Task Two_sounds_at_full_scale_do_not_clip_when_they_are_mixed()
    {
        var clip = await ears.ClipAsync("0.9*sin(2*PI*220*t)", 3);
        var source = await ears.SoundAsync("0.9*sin(2*PI*330*t)", 3);

        var (_, peak) = await ears.MeterAsync(await ears.RenderAsync(clip, new Shelf(source), """{"op":"audio","audio":"audio-1"}"""));

        Assert.InRange(peak, -3, -0.9);
    }

    [Fact]
    public async Task The_meter_here_says_what_ffmpegs_says()
    {
        var clip = await ears.ClipAsync(Drum, 4);
        var levels = new SoundLevels();
        var left = await ears.HearAsync(clip.Path);
        levels.Add([.. left.SelectMany(s => new[] { s, s })]);

        var (lufs, peak) = await ears.MeterAsync(clip.Path);

        Assert.Equal(lufs, levels.Lufs, 0.2);
        Assert.Equal(peak, 20 * Math.Log10(levels.TruePeak), 0.3);
    }

    [Fact]
    public async Task Music_under_a_voice_goes_down_before_a_word_stays_down_between_words_and_comes_back_slowly()
    {
        // Words at 1.0, 1.4 and 1.8 s, of 0.2 s each.
        var clip = await ears.ClipAsync("0.3*sin(2*PI*150*t)*between(t\\,1\\,2)*lt(mod(t-1\\,0.4)\\,0.2)", 6);
        var music = await ears.SoundAsync("0.2*sin(2*PI*3000*t)", 6);

        var path = await ears.RenderAsync(clip, new Shelf(music), """{"op":"audio","audio":"audio-1","duck":true}""");

        var sound = await ears.HearAsync(path, through: "highpass=f=2500,highpass=f=2500");
        double[] levels = [.. Enumerable.Range(0, 55).Select(i => Ears.Db(sound, i / 10.0, (i + 1) / 10.0))];
        var full = levels[3];
        Assert.All(levels[10..25], l => Assert.Equal(full - 12, l, 1.0));
        Assert.InRange(full - levels[27], 5, 12);
        Assert.All(Enumerable.Range(25, 9), i => Assert.InRange(levels[i + 1] - levels[i], -0.3, 2.5));
        Assert.Equal(full, levels[36], 0.3);
    }

    [Fact]
    public async Task Music_begins_where_it_is_told_to_and_fades_in()
    {
        var music = await ears.SoundAsync("0.4*lt(t\\,2)*sin(2*PI*300*t)+0.4*gte(t\\,2)*sin(2*PI*900*t)", 5);
        var clip = await ears.ClipAsync(null, 2);

        var sound = await ears.HearAsync(await ears.RenderAsync(
            clip,
            new Shelf(music),
            """{"op":"audio","audio":"audio-1","from_seconds":2.2,"fade_in_seconds":0.5,"fade_seconds":0.5}"""));

        Assert.InRange(Ears.Db(sound, 0, 0.05), -60, -18);
        Assert.Equal(Ears.Db(sound, 0.8, 1.2), Ears.Db(sound, 0.5, 0.8), 0.3);
        var rises = Enumerable.Range(Ears.Rate, Ears.Rate / 100).Count(i => sound[i - 1] < 0 && sound[i] >= 0);
        Assert.InRange(rises, 8, 10);
    }

    [Fact]
    public async Task Short_music_goes_round_without_a_click()
    {
        var music = await ears.SoundAsync("0.4*cos(2*PI*441*t)", 0.77);
        var clip = await ears.ClipAsync(null, 3);

        var path = await ears.RenderAsync(clip, new Shelf(music), """{"op":"audio","audio":"audio-1","loop":true}""");

        var sound = await ears.HearAsync(path);

        Assert.InRange(Ears.Step(sound, 0.05, 3), 0, 0.4 * 2 * Math.PI * 441 / Ears.Rate * 1.4);
        Assert.InRange(Ears.Db(sound, 2, 2.9), -14, -10);
    }
}
