using McpI2V.Media.Clips;

namespace McpI2V.Media.Tests.Clips.Operations;

public sealed class CuttingSound : IDisposable
{
    private const string Tone = "0.5*sin(2*PI*440*t)";

    // What a tone of 440 Hz at half of full scale steps from sample to sample.
    private const double OwnStep = 0.5 * 2 * Math.PI * 440 / Ears.Rate;

    private readonly Ears ears = new();

    public void Dispose() => ears.Dispose();

    [Fact]
    public async Task A_held_frame_is_heard_without_a_click_or_a_hole_and_sound_is_back_with_its_picture()
    {
        var clip = await ears.ClipAsync(Tone, 3);

        var sound = await ears.HearAsync(await ears.RenderAsync(
            clip,
            """{"op":"freeze_frame","at_seconds":1.013,"duration_seconds":1}"""));

        Assert.Equal(4 * Ears.Rate, sound.Length, 2_048.0);
        Assert.InRange(Ears.Step(sound, 0.1, 3.9), 0, OwnStep * 1.5);
        Assert.InRange(Ears.Db(sound, 1.1, 1.9), -9.6, -8.4);
        Assert.InRange(Ears.Db(sound, 2.2, 2.9), -9.6, -8.4);
    }

    [Fact]
    public async Task A_held_frame_that_pauses_the_sound_is_still_and_does_not_click()
    {
        var clip = await ears.ClipAsync(Tone, 3);

        var sound = await ears.HearAsync(await ears.RenderAsync(
            clip,
            """{"op":"freeze_frame","at_seconds":1.013,"duration_seconds":1,"sound":"pauses"}"""));

        Assert.InRange(Ears.Step(sound, 0.1, 3.9), 0, OwnStep * 1.5);
        Assert.True(Ears.Db(sound, 1.2, 1.9) < -70, "nothing is heard");
    }

    [Fact]
    public async Task Music_laid_under_a_clip_goes_on_through_a_held_frame_as_it_was_written()
    {
        // A tone that climbs: where it stands says which moment of the music is heard.
        var music = await ears.SoundAsync("0.4*sin(2*PI*(300*t+100*t*t))", 5);
        var clip = await ears.ClipAsync(null, 3);

        var path = await ears.RenderAsync(
            clip,
            new Shelf(music),
            """{"op":"loop","times":2}""",
            """{"op":"trim","start_seconds":3.2}""",
            """{"op":"loop","times":2}""",
            """{"op":"trim","start_seconds":2.2,"end_seconds":5.2}""",
            """{"op":"audio","audio":"audio-1"}""",
            """{"op":"grade","contrast":0.1}""",
            """{"op":"freeze_frame","at_seconds":1,"duration_seconds":1}""");

        var sound = await ears.HearAsync(path);
        Assert.Equal(300 + (200 * 3.5), Pitch(sound, 3.5), 12.0);
        Assert.InRange(Ears.Step(sound, 0.05, 3.9), 0, 0.4 * 2 * Math.PI * 1_150 / Ears.Rate);
    }

    [Fact]
    public async Task A_cut_in_the_middle_of_a_wave_does_not_click()
    {
        var clip = await ears.ClipAsync(Tone, 3);
        string[][] cuts =
        [
            ["""{"op":"trim","start_seconds":0.48,"end_seconds":2.04}"""],
            ["""{"op":"trim","start_seconds":0.48,"end_seconds":2.04}""", """{"op":"loop","times":2}"""],
            ["""{"op":"trim","start_seconds":0.48,"end_seconds":1.04}""", """{"op":"append","clips":["clip-1"]}"""],
        ];
        foreach (var steps in cuts)
        {
            var sound = await ears.HearAsync(await ears.RenderAsync(clip, new Shelf(clip: clip), steps));

            Assert.InRange(Ears.Step(sound, 0, 9), 0, OwnStep * 1.4);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Tone)]
    public async Task A_clip_with_or_without_sound_is_held_after_it_was_made_faster_and_set_with_words(string? sound)
    {
        var clip = await ears.ClipAsync(sound, 2);

        var path = await ears.RenderAsync(
            clip,
            """{"op":"text","text":"One","position":"top","end_seconds":0.5}""",
            """{"op":"speed","factor":1.25}""",
            """{"op":"fade","in_seconds":0.2}""",
            """{"op":"freeze_frame","at_seconds":0.5,"duration_seconds":0.3}""");

        Assert.True(File.Exists(path), "it was rendered");
    }

    [Fact]
    public async Task Of_appended_clips_as_much_is_kept_as_is_said()
    {
        var clip = await ears.ClipAsync(Tone, 2);

        var path = await ears.RenderAsync(
            clip,
            new Shelf(clip: clip),
            """{"op":"append","clips":["clip-1","clip-1"],"keep_seconds":[0.48,0]}""");

        var sound = await ears.HearAsync(path);
        Assert.Equal(4.48 * Ears.Rate, sound.Length, 2_048.0);
        Assert.InRange(Ears.Step(sound, 0, 4.4), 0, OwnStep * 1.4);
    }

    [Fact]
    public async Task A_crossfade_of_two_tones_is_as_loud_in_its_middle_as_before_and_after()
    {
        var first = await ears.ClipAsync(Tone, 3);
        var second = await ears.ClipAsync("0.5*sin(2*PI*613*t)", 3);

        var sound = await ears.HearAsync(await ears.RenderAsync(
            first,
            new Shelf(clip: second),
            """{"op":"append","clips":["clip-1"],"transition":"crossfade","transition_seconds":1}"""));

        Assert.Equal(Ears.Db(sound, 0.5, 1.5), Ears.Db(sound, 2.35, 2.65), 0.5);
        Assert.Equal(Ears.Db(sound, 3.5, 4.5), Ears.Db(sound, 2.35, 2.65), 0.5);
    }

    [Theory]
    [InlineData(0.4)]
    [InlineData(0.5)]
    [InlineData(1.5)]
    [InlineData(2)]
    public async Task Faster_or_slower_a_flash_and_its_beep_stay_together(double factor)
    {
        var clip = await ears.ClipAsync(
            "0.6*sin(2*PI*1000*t)*lt(mod(t\\,0.6)\\,0.03)",
            3,
            ",geq=lum='255*lt(mod(T\\,0.6)\\,0.1)':cb=128:cr=128");

        var path = await ears.RenderAsync(clip, FormattableString.Invariant($$"""{"op":"speed","factor":{{factor}}}"""));

        var (beeps, flashes) = (Ears.Beeps(await ears.HearAsync(path)), await ears.FlashesAsync(path));
        for (var beep = 1; beep < 5; beep++)
        {
            var when = beep * 0.6 / factor;
            Assert.InRange(beeps.Min(b => Math.Abs(b - when)), 0, 0.02);
            // A frame is 40 ms.
            Assert.InRange(flashes.Min(f => Math.Abs(f - when)), 0, 0.041);
        }
    }

    [Theory]
    [InlineData(2, 0.5)]
    [InlineData(0.5, 2)]
    [InlineData(1, 0.25)]
    public async Task From_one_speed_to_another_a_flash_and_its_beep_stay_together_and_go_by_both_speeds(double factor, double to)
    {
        var clip = await ears.ClipAsync(
            "0.6*sin(2*PI*1000*t)*lt(mod(t\\,0.5)\\,0.03)",
            4,
            ",geq=lum='255*lt(mod(T\\,0.5)\\,0.1)':cb=128:cr=128");

        var path = await ears.RenderAsync(
            clip,
            FormattableString.Invariant($$"""{"op":"speed","factor":{{factor}},"to_factor":{{to}},"start_seconds":1.2,"end_seconds":-1.2}"""));

        var (beeps, flashes) = (Ears.Beeps(await ears.HearAsync(path)), await ears.FlashesAsync(path));
        Assert.Equal(8, beeps.Count);
        // A frame is 40 ms, and the clip's own begins up to 20 ms after the beep, which becomes more where it is slower.
        Assert.All(beeps, when => Assert.InRange(flashes.Min(f => Math.Abs(f - when)), 0, 0.04 + (0.02 / Math.Min(factor, to))));
        Assert.Equal(0.5 / factor, beeps[1] - beeps[0], 0.03);
        Assert.Equal(0.5 / to, beeps[7] - beeps[6], 0.03);
        var gaps = beeps.Skip(1).Zip(beeps, (next, before) => next - before).ToList();
        Assert.All(gaps.Skip(1).Zip(gaps), pair => Assert.True((pair.First - pair.Second) * (factor - to) > -0.03, "it goes one way"));
    }

    [Fact]
    public async Task Slower_is_of_the_same_pitch_and_level()
    {
        var clip = await ears.ClipAsync(Tone, 2);

        var sound = await ears.HearAsync(await ears.RenderAsync(clip, """{"op":"speed","factor":0.5}"""));

        Assert.Equal(440, Pitch(sound, 2), 3.0);
        Assert.Equal(-9.03, Ears.Db(sound, 0.5, 3.5), 0.5);
        Assert.InRange(Ears.Step(sound, 0.1, 3.9), 0, OwnStep * 1.4);
    }

    // By how often it crosses zero in a tenth of a second.
    private static double Pitch(float[] sound, double at)
    {
        var (from, to) = ((int)((at - 0.05) * Ears.Rate), (int)((at + 0.05) * Ears.Rate));
        var crossings = Enumerable.Range(from, to - from).Where(i => sound[i - 1] < 0 && sound[i] >= 0)
            .Select(i => i - 1 + (sound[i - 1] / (sound[i - 1] - sound[i]))).ToList();
        return (crossings.Count - 1) / ((crossings[^1] - crossings[0]) / Ears.Rate);
    }
}
