using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Sound;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Tests.Sound;

/// <summary>What a given sound is to a clip: under it, unless somebody says that the picture speaks.</summary>
public sealed class SoundsOfAShot
{
    [Theory]
    [InlineData(null, null, SoundRole.Under)]
    [InlineData(null, "band", SoundRole.Under)]
    [InlineData(null, "face", SoundRole.Speak)]
    [InlineData("under", "face", SoundRole.Under)]
    [InlineData("Speak", null, SoundRole.Speak)]
    [InlineData("sing", null, SoundRole.Sing)]
    public void Only_the_word_or_a_model_that_does_nothing_else_makes_a_picture_speak(string? said, string? model, SoundRole role)
    {
        using var bench = new SoundBench(hasKey: true);

        Assert.Equal(role, bench.Shots.RoleOf(said, model));
    }

    [Fact]
    public void Without_a_key_a_picture_that_is_to_speak_is_answered_with_the_key_and_with_what_is_free()
    {
        using var bench = new SoundBench();

        var e = Assert.Throws<I2VException>(() => bench.Shots.RoleOf("sing", null));
        var wrong = Assert.Throws<I2VException>(() => bench.Shots.RoleOf("dance", null));

        Assert.Contains("VENDOR_KEY", e.Message, StringComparison.Ordinal);
        Assert.Contains("options.audio_role under", e.Message, StringComparison.Ordinal);
        Assert.Contains("speak, sing, under", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_take_gets_the_sound_and_it_is_told_where_it_ends()
    {
        using var bench = new SoundBench();
        await bench.Studio.StillAsync(320, 180);
        var song = await bench.Studio.SoundAsync(4);
        var request = new AnimateRequest { Image = "still-1", Move = CameraMove.PushIn, Width = 320, Height = 180, DurationSeconds = 2 };
        var shot = await bench.Routes.ForShotAsync(null, request, null, "animate_image", CancellationToken.None);
        var takes = bench.Takes.Apart(2, shot.Route, (_, step) => NewJob.For("animate_image", "push in", request, step));

        var plan = bench.Shots.Under(takes, shot, song, isSaid: false);

        Assert.Equal([null, null, """{"take":1}""", """{"take":2}"""], plan.Jobs.Select(j => j.Variant));
        Assert.Equal([null, null, 0, 1], plan.Jobs.Select(j => j.After));
        var under = Assert.IsType<RecipeRequest>(plan.Jobs[3].Request);
        Assert.Equal(["audio-1"], under.Inputs.All);
        Assert.Equal("audio-1", under.Operations[0]!["audio"]!.GetValue<string>());
        Assert.Contains(plan.Jobs[2].Warnings, w => w.Contains("options.audio_role speak or sing", StringComparison.Ordinal));
        Assert.Contains(plan.Jobs[2].Warnings, w => w.Contains("lasts 4 s and ends with the clip, at 2 s", StringComparison.Ordinal));
    }
}
