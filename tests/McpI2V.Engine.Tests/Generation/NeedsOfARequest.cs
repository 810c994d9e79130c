using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Tests.Generation;

/// <summary>What a request needs of a model, read off the request as a job keeps it.</summary>
public sealed class NeedsOfARequest : IDisposable
{
    private readonly GenerationBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task A_still_from_words_needs_no_picture_and_one_from_pictures_follows_the_first()
    {
        await bench.Studio.StillAsync(400, 300, "a.png");
        await bench.Studio.StillAsync(640, 640, "b.png");

        var words = bench.NeedOf("still", """{"prompt":"a kettle","width":1080,"height":1920,"count":3,"aspect_ratio":"9:16"}""");
        var edited = bench.NeedOf("still", """{"prompt":"at dusk","from":["still-1","still-2"],"width":400,"height":300}""");

        Assert.Equal("text_to_image", GenerationBench.AskedFor(words));
        Assert.Equal(("a kettle", 3, "9:16", (PixelSize?)null), (words.Prompt, words.Count, words.AspectRatio, words.InputSize));
        Assert.Null(words.ExactSize);
        Assert.Equal("image_edit", GenerationBench.AskedFor(edited));
        Assert.Equal((new PixelSize(400, 300), 1), (edited.InputSize, edited.References));
    }

    [Fact]
    public void A_size_that_was_asked_for_to_the_pixel_is_kept()
    {
        var need = bench.NeedOf("still", """{"prompt":"x","is_exact":true,"width":123,"height":456}""");

        Assert.Equal(new PixelSize(123, 456), need.ExactSize);
    }

    [Fact]
    public async Task A_clip_says_its_camera_and_what_goes_in()
    {
        await bench.Studio.StillAsync(360, 640, "a.png");
        await bench.Studio.StillAsync(360, 640, "b.png");

        var need = bench.NeedOf("animate", """
            {"image":"still-1","end_image":"still-1","references":["still-1"],"prompt":"steam rises","move":"orbit_left","strength":0.2,
             "names_camera":true,"width":360,"height":640,"duration_seconds":7,"resolution":"720p","audio":"native","count":2,
             "options":{"fit":"crop","focus_x":0.2,"cfg_scale":0.5}}
            """);

        Assert.Equal("image_to_video", GenerationBench.AskedFor(need));
        Assert.Contains("orbits left", need.Prompt, StringComparison.Ordinal);
        Assert.Contains("steam rises", need.Prompt, StringComparison.Ordinal);
        Assert.Equal((7.0, "720p", 2, 1), (need.DurationSeconds, need.Resolution, need.Count, need.References));
        Assert.True(need is { HasFirst: true, HasLast: true, NativeAudio: true, FitsInput: true }, "all of it is needed");
        // What the engine itself does is nothing that a model must know.
        Assert.Equal(["cfg_scale"], need.Options);
    }

    [Fact]
    public async Task A_still_that_speaks_needs_a_model_that_can_for_as_long_as_the_sound_lasts()
    {
        await bench.Studio.StillAsync(360, 640);
        await bench.Studio.SoundAsync(2.5);

        var need = bench.NeedOf("animate", """{"image":"still-1","move":"locked_off","width":360,"height":640,"audio":"audio-1"}""");

        Assert.Equal("lip_sync", GenerationBench.AskedFor(need));
        Assert.Equal(2.5, need.InputSeconds, 1);
        Assert.False(need.NativeAudio);
    }

    [Fact]
    public async Task A_change_to_a_clip_lasts_as_long_as_the_clip_or_the_sound_it_speaks_to()
    {
        await bench.Studio.ClipAsync(320, 180, 2);
        await bench.Studio.SoundAsync(1);

        var edit = bench.NeedOf("transform", """{"kind":"video_edit","clip":"clip-1","prompt":"make it snow"}""");
        var speech = bench.NeedOf("transform", """{"kind":"lip_sync","clip":"clip-1","audio":"audio-1"}""");
        var words = bench.NeedOf("transform", """{"kind":"text_to_speech","prompt":"good morning"}""");

        Assert.Equal("video_edit", GenerationBench.AskedFor(edit));
        Assert.Equal(("make it snow", new PixelSize(320, 180)), (edit.Prompt, edit.InputSize));
        Assert.Equal(2, edit.InputSeconds, 1);
        Assert.Equal(1, speech.InputSeconds, 1);
        Assert.Equal((0.0, (PixelSize?)null), (words.InputSeconds, words.InputSize));
    }

    [Fact]
    public void What_is_not_there_is_told()
    {
        Assert.Equal(
            ErrorCode.NotFound,
            Refusal("animate", """{"image":"still-9","move":"push_in","width":1,"height":1}""").Code);
        Assert.Contains("still-9", Refusal("transform", """{"kind":"upscale","clip":"still-9"}""").Message, StringComparison.Ordinal);
        Refusal("animate", """{"image":"a photo","move":"push_in","width":1,"height":1}""");
    }

    private I2VException Refusal(string kind, string request) => Assert.Throws<I2VException>(() => bench.NeedOf(kind, request));
}
