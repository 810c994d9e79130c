using System.Globalization;
using System.Text.RegularExpressions;

namespace McpI2V.EndToEnd.Editing;

public sealed partial class EditingTurnByTurn
{
    private static readonly object[] Steps =
    [
        new { op = "trim", start_seconds = 0.2, end_seconds = 2.8 },
        new { op = "grade", exposure = 0.1 },
        new { op = "grade", saturation = 0.1 },
        new { op = "text", text = "One", position = "top", end_seconds = 0.5 },
        new { op = "text", text = "Two", position = "center", start_seconds = 1, end_seconds = 2 },
        new { op = "text", text = "Three", position = "bottom", start_seconds = 0.5, end_seconds = 1 },
        new { op = "speed", factor = 1.25 },
        new { op = "fade", in_seconds = 0.2 },
        new { op = "reframe", aspect_ratio = "4:5", mode = "blur" },
        new { op = "grade", contrast = 0.1 },
        new { op = "freeze_frame", at_seconds = 0.5, duration_seconds = 0.3 },
        new { op = "text", text = "Four", position = "top", start_seconds = 0.9, style = "boxed" },
        new { op = "grade", temperature = 0.1 },
        new { op = "trim", end_seconds = 2.2 },
        new { op = "grade", tint = 0.1 },
        new { op = "reverse" },
        new { op = "fade", out_seconds = 0.3 },
        new { op = "text", text = "Five", position = "bottom", end_seconds = 1, style = "light" },
        new { op = "mute" },
        new { op = "text", text = "Six", position = "center", start_seconds = 1.3, style = "small" },
    ];

    [Fact]
    public async Task Twenty_turns_cost_the_quality_of_one()
    {
        using var library = new TestLibrary();
        var source = await TestMedia.ClipAsync(library, seconds: 3, size: "180x320");
        await using var assistant = await Assistant.StartAsync(library);
        var clip = source;
        var master = "";

        for (var turn = 0; turn < Steps.Length; turn++)
        {
            var edited = (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { Steps[turn] } })).ShouldSucceed();
            clip = edited.Handle;
            Assert.Single(edited.Structured["job"]!["attempts"]!.AsArray());
            var made = (await assistant.CallAsync("find_assets", new { handle = clip })).Assets[0]!;
            master = turn == 0 ? made["master"]!.GetValue<string>() : master;
            Assert.Equal(master, made["master"]!.GetValue<string>());
            Assert.Equal(turn + 1, made["recipe"]!.AsArray().Count);
        }
        var atOnce = (await assistant.CallAsync("edit_clip", new { clip = master, operations = Steps })).ShouldSucceed();

        var last = await assistant.CallAsync("find_assets", new { handle = clip });
        var ssim = await SsimAsync(last.Path, atOnce.Path);
        TestContext.Current.TestOutputHelper?.WriteLine($"SSIM of turn 20 against all at once: {ssim}");
        Assert.True(ssim >= 0.999, $"SSIM of turn 20 against all at once is {ssim}");
    }

    [Fact]
    public async Task Every_operation_renders_the_length_it_says()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 3);
        var other = await TestMedia.ClipAsync(library, "other.mp4", seconds: 2, sound: false, size: "640x360");
        var music = await TestMedia.SoundAsync(library);
        var logo = await TestMedia.CutOutAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        (object Step, double Seconds, string Size)[] cases =
        [
            (new { op = "trim", start_seconds = 1, end_seconds = 2.5 }, 1.5, "360x640"),
            (new { op = "speed", factor = 2 }, 1.5, "360x640"),
            (new { op = "speed", factor = 0.4 }, 7.5, "360x640"),
            (new { op = "reverse" }, 3, "360x640"),
            (new { op = "loop", mode = "cut", times = 2 }, 6, "360x640"),
            (new { op = "loop", mode = "boomerang", times = 1 }, 6, "360x640"),
            (new { op = "loop", mode = "crossfade", times = 2 }, 5.5, "360x640"),
            (new { op = "reframe", aspect_ratio = "1:1", mode = "crop" }, 3, "360x360"),
            (new { op = "reframe", aspect_ratio = "16:9", mode = "pad" }, 3, "640x360"),
            (new { op = "reframe", aspect_ratio = "4:5", mode = "blur" }, 3, "360x450"),
            (new { op = "scale", resolution = "480p" }, 3, "480x854"),
            (new { op = "stabilize" }, 3, "360x640"),
            (new { op = "fade", in_seconds = 0.5, out_seconds = 0.5 }, 3, "360x640"),
            (new { op = "text", text = "Hello", position = "top" }, 3, "360x640"),
            (new { op = "captions", cues = new[] { new { start_seconds = 0, end_seconds = 1, text = "Hi" } } }, 3, "360x640"),
            (new { op = "grade", look = "mono" }, 3, "360x640"),
            (new { op = "logo", image = logo, position = "top_left" }, 3, "360x640"),
            (new { op = "audio", audio = music, gain_db = -6, fade_seconds = 0.5, duck = true, normalize = true }, 3, "360x640"),
            (new { op = "mute" }, 3, "360x640"),
            (new { op = "append", clips = new[] { other } }, 5, "360x640"),
            (new { op = "append", clips = new[] { other }, transition = "crossfade", transition_seconds = 0.5 }, 4.5, "360x640"),
            (new { op = "freeze_frame", at_seconds = 1, duration_seconds = 1 }, 4, "360x640"),
        ];

        foreach (var (step, seconds, size) in cases)
        {
            var edited = (await assistant.CallAsync(
                "edit_clip",
                new { clip, operations = new[] { step }, quality = "draft" })).ShouldSucceed();
            var asset = edited.Assets[0]!;
            Assert.Equal(size, $"{asset["width"]}x{asset["height"]}");
            await TheMainJob.ShouldPlay(edited.Path, asset["width"]!.GetValue<int>(), asset["height"]!.GetValue<int>(), seconds);
            Assert.Equal(!step.ToString()!.Contains("mute", StringComparison.Ordinal), asset["has_audio"]!.GetValue<bool>());
        }
    }

    [Fact]
    public async Task A_film_of_edited_clips_keeps_their_edits()
    {
        using var library = new TestLibrary();
        var source = await TestMedia.ClipAsync(library, seconds: 2);
        var music = await TestMedia.SoundAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        var grey = (await assistant.CallAsync(
            "edit_clip",
            new { clip = source, operations = new[] { new { op = "grade", look = "mono" } } })).ShouldSucceed().Handle;

        var film = (await assistant.CallAsync(
            "assemble_clips",
            new { clips = new[] { source, grey }, transition = "crossfade", audio = music })).ShouldSucceed();

        Assert.Equal(3.5, film.Assets[0]!["duration_seconds"]!.GetValue<double>(), 0.05);
        var (red, green, blue) = await TheMainJob.Colour(film.Path, 95, "crop=60:60:20:20");
        Assert.True(Math.Abs(red - green) < 12 && Math.Abs(green - blue) < 12, $"the second clip stays grey: {red} {green} {blue}");
    }

    [Fact]
    public async Task An_export_is_what_each_platform_says_it_takes_and_what_two_take_alike_is_encoded_once()
    {
        string[] platforms =
        [
            "tiktok", "reels", "shorts", "stories", "snapchat", "meta_feed", "pinterest", "linkedin", "linkedin_4x5", "x", "youtube",
        ];
        using var library = new TestLibrary();
        var source = await TestMedia.ClipAsync(library, seconds: 1);
        await using var assistant = await Assistant.StartAsync(library);

        var exported = (await assistant.CallAsync(
            "export_clip",
            new
            {
                clip = source,
                platforms,
                captions = "1\n00:00:00,000 --> 00:00:00,900\nHello there\n",
                disclosure = "Made with AI",
                wait_seconds = 280,
            })).ShouldSucceed();

        var found = await assistant.CallAsync("find_assets", new { batch = exported.Structured["batch"]!["id"]!.GetValue<string>() });
        var files = found.Assets.Select(a => ToolAnswer.FileOf(a!)).ToList();
        Assert.True(files.Distinct().Count() == platforms.Length, found.Text + string.Join("\n", files));
        foreach (var platform in platforms)
        {
            await PublishedLimits.Of(platform).ShouldTakeAsync(files.Single(f => f.Contains($"-{platform.Replace('_', '-')}-1")));
        }
        var contents = files.Select(f => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f))));
        Assert.Equal(8, contents.Distinct().Count());
        Assert.All(files, f => Assert.Equal(
            "1\n00:00:00,000 --> 00:00:00,900\nHello there\n\n",
            File.ReadAllText(Path.ChangeExtension(f, ".srt")).ReplaceLineEndings("\n")));
    }

    [Fact]
    public async Task Where_only_sound_was_changed_the_picture_is_the_one_that_was_seen()
    {
        using var library = new TestLibrary();
        var still = await TestMedia.StillAsync(library);
        var music = await TestMedia.SoundAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = still, camera = new { move = "push_in" }, duration_seconds = 2, quality = "draft" })).ShouldSucceed();

        var heard = (await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new object[] { new { op = "audio", audio = music } }, quality = "draft" }))
            .ShouldSucceed();
        var finer = (await assistant.CallAsync(
            "edit_clip",
            new { clip = heard.Handle, operations = new object[] { new { op = "loudness" } } })).ShouldSucceed();

        Assert.Equal(await PacketsAsync(clip.Path), await PacketsAsync(heard.Path));
        Assert.True(heard.Assets[0]!["has_audio"]!.GetValue<bool>());
        Assert.NotEqual(await PacketsAsync(clip.Path), await PacketsAsync(finer.Path));
    }

    // The bytes of every packet of the picture.
    private static async Task<string> PacketsAsync(string path) =>
        (await Shell.RunAsync("ffmpeg", $"-v error -i \"{path}\" -map 0:v -c copy -f framehash -")).Output;

    private static async Task<double> SsimAsync(string one, string other)
    {
        var (_, _, error) = await Shell.RunAsync("ffmpeg", $"-i \"{one}\" -i \"{other}\" -lavfi ssim -f null -");
        return double.Parse(All().Match(error).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"All:([0-9.]+)")]
    private static partial Regex All();
}
