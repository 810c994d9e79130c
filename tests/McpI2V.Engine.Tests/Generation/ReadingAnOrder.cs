using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Tests.Generation;

/// <summary>A stored request becomes an order: every choice made, every input a file that the provider takes.</summary>
public sealed class ReadingAnOrder : IDisposable
{
    private const string Models = """
        [
          {"id": "vendor:clips", "alias": "clips", "provider": "vendor", "kinds": ["image_to_video", "lip_sync"],
           "frames": ["first", "last", "references"], "max_references": 3, "durations_seconds": {"min": 2, "max": 10},
           "resolutions": ["720p"], "aspect_ratios": ["9:16", "16:9"], "audio": "optional", "max_count": 4,
           "inputs": {"longest_side": 400, "clip_seconds": 2}, "price": {"unit": "second", "usd": 0.1}},
          {"id": "vendor:edits", "alias": "edits", "provider": "vendor", "kinds": ["video_edit", "image_edit", "text_to_image"],
           "frames": ["references"], "max_references": 3, "thread_days": 10, "inputs": {"longest_side": 400, "clip_seconds": 2},
           "price": {"unit": "second", "usd": 0.1}}
        ]
        """;

    private readonly GenerationBench bench = new(Models);

    private TestStudio Studio => bench.Studio;

    public void Dispose() => bench.Dispose();

    [Fact]
    public async Task An_outline_has_every_choice_made_and_nothing_of_the_engines_own_options()
    {
        await Studio.StillAsync(360, 640);

        var order = bench.Outline("animate", Clip("""
            "prompt":"steam rises","names_camera":true,"seed":42,"audio":"native","options":{"fit":"crop","focus_y":0.1,"cfg_scale":0.5}
            """), "vendor:clips");

        Assert.Equal(("key", "vendor:clips", "clips", 42L), (order.Key, order.Model.Id, order.VendorModel, order.Seed));
        Assert.Equal(
            (5.0, "720p", "9:16", new PixelSize(720, 1280), true),
            (order.Settings.DurationSeconds,
                order.Settings.Resolution,
                order.Settings.AspectRatio,
                order.Settings.Size,
                order.Settings.NativeAudio));
        Assert.Equal("""{"cfg_scale":0.5}""", order.Options.ToJsonString());
        Assert.Contains("pushes in", order.Prompt, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_left_the_catalogue_is_told_with_what_to_do()
    {
        await Studio.StillAsync(360, 640);

        var e = Assert.Throws<I2VException>(() => bench.Outline("animate", Clip(), "vendor:gone"));

        Assert.Contains("vendor:gone", e.Message, StringComparison.Ordinal);
        Assert.Contains("models.json", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_input_comes_as_a_file_within_the_models_limits_in_its_own_place()
    {
        await Studio.StillAsync(360, 640, "first.png");
        await Studio.StillAsync(540, 960, "last.png");
        await Studio.StillAsync(800, 600, "side.png");
        await Studio.StillAsync(300, 300, "top.png");
        await Studio.SoundAsync(1);
        var request = Clip(""" "end_image":"still-2","references":["still-3","still-4"],"audio":"audio-1" """);

        var order = await bench.OrderAsync("animate", request, "vendor:clips");

        Assert.Equal(("still-1", "still-2", "audio-1"), (order.Image?.Handle, order.EndImage?.Handle, order.Audio?.Handle));
        Assert.Equal(["still-3", "still-4"], order.References.Select(r => r.Handle));
        Assert.Null(order.Clip);
        Assert.All(
            [order.Image!, order.EndImage!, .. order.References],
            i => Assert.InRange(MediaProbe.SizeOf(i.Path, i.Format).LongSide, 1, 400));
        Assert.Equal(
            ["audio-1", "still-1", "still-2", "still-3", "still-4"],
            GenerationBench.InputsOf("animate", request).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Pictures_to_edit_go_in_as_the_first_and_the_others_beside_it()
    {
        await Studio.StillAsync(360, 640, "a.png");
        await Studio.StillAsync(300, 300, "b.png");

        var order = await bench.OrderAsync(
            "still",
            """{"prompt":"together","from":["still-2","still-1"],"width":300,"height":300}""",
            "vendor:edits");

        Assert.Equal("still-2", order.Image!.Handle);
        Assert.Equal("still-1", Assert.Single(order.References).Handle);
    }

    [Fact]
    public async Task A_picture_of_another_shape_is_fitted_only_as_the_user_said()
    {
        await Studio.StillAsync(800, 600);

        var fitted = await bench.OrderAsync(
            "animate",
            Clip(""" "aspect_ratio":"9:16","options":{"fit":"extend_blur"} """),
            "vendor:clips");
        var wrong = await Record.ExceptionAsync(
            () => bench.OrderAsync("animate", Clip(""" "options":{"fit":"squeeze"} """), "vendor:clips"));

        Assert.Equal(9 / 16.0, fitted.Image!.Size.Ratio, 2);
        Assert.Contains("extend_blur", Assert.IsType<I2VException>(wrong).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("vendor:edits", 5, true)]
    [InlineData("vendor:edits", 11, false)]
    [InlineData("other:edits", 5, false)]
    public async Task A_clip_is_changed_in_the_conversation_that_made_it_while_the_provider_remembers_it(
        string madeBy,
        int daysAgo,
        bool isRemembered)
    {
        var clip = await Studio.ClipAsync(320, 180, 1);
        var made = await Studio.AddAsync(clip, c => c with
        {
            Thread = "thread-7",
            Model = madeBy,
            CreatedAt = Studio.Time.Now - TimeSpan.FromDays(daysAgo),
        });

        var order = await bench.OrderAsync(
            "transform",
            $$"""{"kind":"video_edit","clip":"{{made.Handle}}","prompt":"make it snow"}""",
            "vendor:edits");

        Assert.Equal(isRemembered ? "thread-7" : null, order.Thread);
        Assert.Equal(isRemembered, order.Clip is null);
    }

    [Fact]
    public async Task What_fitting_will_do_is_told_before_and_what_can_not_be_fitted_is_refused()
    {
        await Studio.ClipAsync(320, 180, 3);
        await Studio.StillAsync(100, 100);

        var advice = await bench.AdviceAsync("transform", """{"kind":"video_edit","clip":"clip-1"}""", "vendor:edits");

        Assert.Contains("clip-1 lasts 3 s", Assert.Single(advice), StringComparison.Ordinal);
        await Assert.ThrowsAsync<I2VException>(() => bench.AdviceAsync("animate", Clip(), "vendor:clips"));
    }

    private static string Clip(string more = "")
    {
        var members = more.Trim();
        return $$"""{"image":"still-1","move":"push_in","width":360,"height":640{{(members.Length > 0 ? "," + members : "")}}}""";
    }
}
