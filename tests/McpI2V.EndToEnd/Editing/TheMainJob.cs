using ModelContextProtocol;

namespace McpI2V.EndToEnd.Editing;

public sealed class TheMainJob
{
    [Fact]
    public async Task A_photo_becomes_a_clip_edits_and_a_batch()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 1080, height: 1920);
        await using var assistant = await Assistant.StartAsync(library);

        var still = (await assistant.CallAsync(
            "generate_still",
            new { prompt = "warm", from = new[] { photo }, options = new { look = "warm" } })).ShouldSucceed();
        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = still.Handle, prompt = "slow push in", duration_seconds = 2, resolution = "480p" })).ShouldSucceed();
        var edited = (await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new[] { new { op = "trim", end_seconds = 1 } } })).ShouldSucceed();
        var batch = (await assistant.CallAsync(
            "batch_variants",
            new { name = "hooks", images = new[] { still.Handle }, cameras = new[] { "push_in", "orbit_left" }, texts = new[]
            {
                "One",
                "Two",
            },
            aspect_ratios = new[] { "9:16", "1:1" },
            duration_seconds = 1,
            resolution = "480p",
            quality = "draft",
            wait_seconds = 120 })).ShouldSucceed();

        await ShouldPlay(clip.Path, 480, 854, 2);
        await ShouldPlay(edited.Path, 480, 854, 1);
        Assert.Equal(8, batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.True(
            File.Exists(ToolAnswer.FileAt(batch.Structured["batch"]!["contact_sheet"]!.GetValue<string>())),
            "the batch has a contact sheet");
        Assert.Matches(@"media/\d{4}/\d{2}/clip-1-photo-[a-z0-9-]+\.mp4$", clip.Path);
        Assert.InRange(still.ImageBytes, 1, 150_000);
        // Two moves x two ratios are four masters, whatever the number of hooks.
        var variants = await assistant.CallAsync("find_assets", new { batch = "batch-1", limit = 100 });
        Assert.Equal(8, variants.Assets.Count);
        var everything = await assistant.CallAsync("find_assets", new { kind = "clip", limit = 100 });
        Assert.Equal(4 + 8 + 2, everything.Assets.Count);
    }

    [Fact]
    public async Task Every_camera_move_renders()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        var cutOut = await TestMedia.CutOutAsync(library);
        var moves = ("locked_off push_in pull_out pan_left pan_right tilt_up tilt_down truck_left truck_right pedestal_up pedestal_down " +
            "orbit_left orbit_right crane_up crane_down roll_left roll_right handheld parallax").Split(' ');

        var batch = await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { photo },
                cameras = moves.Select(m => new { move = m, strength = 1.0 }),
                references = new[] { cutOut },
                duration_seconds = 1,
                resolution = "480p",
                quality = "draft",
                wait_seconds = 200,
            });

        Assert.True(batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>() == moves.Length, batch.Text);
    }

    [Fact]
    public async Task A_clip_ends_on_its_end_image()
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync($"-f lavfi -i color=red:s=360x640 -frames:v 1 \"{library.Input("red.png")}\"");
        await Shell.FfmpegAsync($"-f lavfi -i color=blue:s=360x640 -frames:v 1 \"{library.Input("blue.png")}\"");
        await using var assistant = await Assistant.StartAsync(library);

        var clip = (await assistant.CallAsync(
            "animate_image",
            new
            {
                image = library.Input("red.png"),
                end_image = library.Input("blue.png"),
                camera = new { move = "push_in" },
                duration_seconds = 1,
                resolution = "480p",
                options = new { fps = 24 },
            })).ShouldSucceed();

        var (first, last) = (await Colour(clip.Path, 0), await Colour(clip.Path, 23));
        Assert.True(first.Red > 200 && first.Blue < 60, $"begins red, is {first}");
        Assert.True(last.Blue > 200 && last.Red < 60, $"ends blue, is {last}");
    }

    [Fact]
    public async Task A_cut_out_stands_on_its_backdrop()
    {
        using var library = new TestLibrary();
        var cutOut = await TestMedia.CutOutAsync(library);
        await using var assistant = await Assistant.StartAsync(library);

        var still = (await assistant.CallAsync(
            "generate_still",
            new
            {
                prompt = "red thing on green",
                from = new[] { cutOut },
                size = "360x640",
                options = new { backdrop = "#00ff00", shadow = false, cutout_height = 0.5, cutout_y = 0.5 },
            })).ShouldSucceed();

        var corner = await Colour(still.Path, 0, "crop=20:20:4:4");
        var centre = await Colour(still.Path, 0, "crop=20:20:170:310");
        Assert.True(corner.Green > 200 && corner.Red < 60, $"the backdrop is green, is {corner}");
        Assert.True(centre.Red > 200 && centre.Green < 60, $"the cut-out is red, is {centre}");
    }

    [Fact]
    public async Task A_camera_before_a_wide_photo_frames_what_is_in_it_unless_told_where_to_look()
    {
        using var library = new TestLibrary();
        var photo = library.Input("aside.png");
        await TestMedia.MakeAsync(
            photo,
            "-f lavfi -i color=c=0xE8E8E8:s=1280x720,format=rgb24,drawbox=x=900:y=260:w=140:h=300:c=red:t=fill,gblur=sigma=0.6 " +
                "-frames:v 1");
        await using var assistant = await Assistant.StartAsync(library);
        async Task<ToolAnswer> ShotAsync(object options) => (await assistant.CallAsync(
            "animate_image",
            new
            {
                image = photo,
                camera = new { move = "push_in", strength = 0.2 },
                duration_seconds = 1,
                aspect_ratio = "9:16",
                resolution = "480p",
                options,
                quality = "draft",
            })).ShouldSucceed();

        var found = await ShotAsync(new { });
        var told = await ShotAsync(new { focus_x = 0.2 });

        var (middle, elsewhere) = (await Colour(found.Path, 0, "crop=60:60:210:440"), await Colour(told.Path, 0, "crop=60:60:210:440"));
        Assert.True(middle.Red > 150 && middle.Green < 90, $"the red thing stands in the middle, and there is {middle}");
        Assert.True(elsewhere.Green > 180, $"it was told to look to the left, and there is {elsewhere}");
    }

    [Theory]
    [InlineData("crop")]
    [InlineData("extend_blur")]
    [InlineData("extend_mirror")]
    [InlineData("extend_colour")]
    [InlineData("pad")]
    public async Task A_wide_photo_fills_a_tall_frame(string fit)
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 1280, height: 548);
        await using var assistant = await Assistant.StartAsync(library);

        var still = (await assistant.CallAsync(
            "generate_still",
            new { prompt = "tall", from = new[] { photo }, aspect_ratio = "9:16", size = "480p", options = new { fit } })).ShouldSucceed();

        Assert.Equal("480x854", $"{still.Assets[0]!["width"]}x{still.Assets[0]!["height"]}");
    }

    [Fact]
    public async Task A_hard_shadow_that_came_along_with_a_cut_out_is_told_in_the_answer()
    {
        using var library = new TestLibrary();
        var photo = library.Input("lit.png");
        await TestMedia.MakeAsync(
            photo,
            "-f lavfi -i color=c=0xE6DCD2:s=800x600,format=rgb24,drawbox=x=500:y=380:w=120:h=80:c=0xA19A93:t=fill," +
                "drawbox=x=300:y=200:w=200:h=260:c=navy:t=fill -frames:v 1");
        await using var assistant = await Assistant.StartAsync(library);

        var cut = (await assistant.CallAsync(
            "generate_still",
            new { prompt = "cut it out", from = new[] { photo }, options = new { cutout = true } })).ShouldSucceed();

        Assert.Contains($"Warning: {cut.Handle}: ", cut.Text, StringComparison.Ordinal);
        Assert.Contains("of its edge look like a hard shadow", cut.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_product_is_cut_out_of_its_photo_and_a_clip_of_it_is_coloured_by_a_file_of_the_users()
    {
        using var library = new TestLibrary();
        var photo = library.Input("packshot.png");
        await TestMedia.MakeAsync(
            photo,
            "-f lavfi -i color=c=0xE8E8E8:s=400x600,format=rgb24,drawbox=x=140:y=150:w=120:h=320:c=navy:t=fill,gblur=sigma=0.6 " +
                "-frames:v 1");
        var cube = library.Input("swap.cube");
        await File.WriteAllTextAsync(cube, "TITLE \"swap\"\nLUT_3D_SIZE 2\n0 0 0\n0 0 1\n0 1 0\n0 1 1\n1 0 0\n1 0 1\n1 1 0\n1 1 1\n");
        await using var assistant = await Assistant.StartAsync(library);

        var cut = (await assistant.CallAsync(
            "generate_still",
            new { prompt = "cut it out", from = new[] { photo }, options = new { cutout = true } })).ShouldSucceed();
        var placed = (await assistant.CallAsync(
            "generate_still",
            new
            {
                prompt = "on red",
                from = new[] { photo },
                aspect_ratio = "9:16",
                size = "480p",
                options = new { cutout = true, backdrop = "red", shadow = false },
            })).ShouldSucceed();
        var clip = (await assistant.CallAsync(
            "animate_image",
            new
            {
                image = placed.Handle,
                camera = new { move = "locked_off" },
                duration_seconds = 1,
                resolution = "480p",
                quality = "draft",
            })).ShouldSucceed();
        var swapped = (await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new object[] { new { op = "lut", file = cube } }, quality = "draft" })).ShouldSucceed();
        var none = await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new object[] { new { op = "lut", file = photo } }, quality = "draft" });

        Assert.Equal("image/png", cut.Assets[0]!["mime_type"]!.GetValue<string>());
        Assert.InRange(cut.Assets[0]!["width"]!.GetValue<int>(), 120, 140);
        var (red, blue) = (await Colour(placed.Path, 0, "crop=20:20:4:4"), await Colour(placed.Path, 0, "crop=20:20:230:440"));
        Assert.True(red.Red > 150 && red.Blue < 80 && blue.Blue > 60 && blue.Red < 60, $"navy on red, is {blue} on {red}");
        var corner = await Colour(swapped.Path, 5, "crop=20:20:4:4");
        Assert.True(corner.Blue > 150 && corner.Red < 80, $"red became blue, is {corner}");
        none.ShouldBe("invalid_argument", "a .cube file");
    }

    [Fact]
    public async Task A_prompt_alone_makes_a_placeholder_that_says_so()
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library);

        var still = (await assistant.CallAsync("generate_still", new { prompt = "a lighthouse at dawn" })).ShouldSucceed();

        Assert.Equal("placeholder", still.Assets[0]!["operation"]!.GetValue<string>());
        Assert.Contains("placeholder", still.Text, StringComparison.OrdinalIgnoreCase);
        var head = System.Text.Encoding.UTF8.GetString((await File.ReadAllBytesAsync(still.Path))[..400]);
        Assert.Contains("not a generated picture", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Progress_flows_while_a_call_waits()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        List<float> seen = [];

        await assistant.CallAsync(
            "animate_image",
            new { image = photo, camera = new { move = "orbit_left" }, duration_seconds = 8, resolution = "1080p" },
            new Collect(seen));

        Assert.True(seen.Count >= 3, $"{seen.Count} notifications");
        Assert.Equal(seen.Order(), seen);
    }

    [Fact]
    public async Task A_dry_run_plans_and_makes_nothing()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);

        var plan = (await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { photo },
                cameras = new[] { "push_in", "pan_left", "roll_left" },
                texts = new[] { "A", "B" },
                dry_run = true,
            })).ShouldSucceed();

        Assert.Equal(6, plan.Structured["batch"]!["variants"]!.AsArray().Count);
        Assert.Equal("not_found", (await assistant.CallAsync("check_job", new { id = "job-1" })).Code);
    }

    internal static async Task ShouldPlay(string path, int width, int height, double seconds)
    {
        var stream = await Shell.ProbeAsync(path,
            "stream=codec_name,profile,pix_fmt,width,height,color_space,color_primaries,color_transfer,duration -select_streams v");
        foreach (var fact in new[]
        {
            "codec_name=h264",
            "profile=High",
            "pix_fmt=yuv420p",
            $"width={width}",
            $"height={height}",
            "color_space=bt709",
            "color_primaries=bt709",
            "color_transfer=bt709",
        })
        {
            Assert.Contains(fact, stream, StringComparison.Ordinal);
        }
        var duration = double.Parse(
            stream.Split('\n').First(l => l.StartsWith("duration=", StringComparison.Ordinal))[9..],
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(duration, seconds - 0.034, seconds + 0.034);
        var head = (await File.ReadAllBytesAsync(path)).AsSpan();
        Assert.True(head.IndexOf("moov"u8) < head.IndexOf("mdat"u8), "the index comes first");
        Assert.Equal(0, (await Shell.RunAsync("ffmpeg", $"-v error -xerror -i \"{path}\" -f null -")).Code);
    }

    internal static async Task<(int Red, int Green, int Blue)> Colour(string path, int frame, string crop = "null")
    {
        var raw = Path.GetTempFileName();
        await Shell.FfmpegAsync(
            $"-i \"{path}\" -vf \"select=eq(n\\,{frame}),{crop},scale=1:1:flags=area,format=rgb24\" -frames:v 1 -f rawvideo \"{raw}\"");
        var bytes = await File.ReadAllBytesAsync(raw);
        File.Delete(raw);
        return (bytes[0], bytes[1], bytes[2]);
    }

    private sealed class Collect(List<float> seen) : IProgress<ProgressNotificationValue>
    {
        public void Report(ProgressNotificationValue value)
        {
            lock (seen)
            {
                seen.Add(value.Progress);
            }
        }
    }
}
