using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>A clip that is changed by talking, with typed operations and no key.</summary>
public sealed class ClipsTurnByTurn(FreeRoom room) : Group<FreeRoom>(room, "clips-turn-by-turn", "Clips, turn by turn")
{
    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Two_versions_back_and_warmer(Way way)
    {
        var ask = await AskAsync(way, "6", "Undo, the version two back, and make it warmer.", 1);
        var first = await ClipAsync(ask);
        var titled = await EditAsync(ask, first.Handle, new { op = "text", text = "Glow, bottled.", position = "top" });
        var faded = await EditAsync(ask, titled.Handle, new { op = "fade", out_seconds = 0.3 });
        Assert.Contains($"before that {first.Handle}", faded.Text, StringComparison.Ordinal);

        var warmer = (await ask.CallAsync("edit_clip", Edit(first.Handle, new { op = "grade", temperature = 0.3 }))).ShouldSucceed();

        Assert.DoesNotContain("Glow", warmer.Text.Split("before:")[0], StringComparison.Ordinal);
        var (warm, was) = (await Pixels.WarmthAsync(warmer.Path, 0.5), await Pixels.WarmthAsync(first.Path, 0.5));
        Assert.True(warm > was + 5, $"red over blue is {warm:0.0}, and was {was:0.0}");
        ask.Done("the answer before names the version two back; that one is graded, without title and fade.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task The_logo_for_the_last_two_seconds_and_then_smaller(Way way)
    {
        var ask = await AskAsync(way, "7", "Our logo bottom right for the last two seconds. ... Smaller.", 2);
        var (film, image) = (await ask.Desk.FilmAsync(), await ask.Desk.LogoAsync());

        var logo = (await ask.CallAsync(
            "edit_clip",
            Edit(film, new { op = "logo", image, position = "bottom_right", start_seconds = -2, scale = 0.4 }))).ShouldSucceed();
        var smaller = (await ask.CallAsync(
            "edit_clip",
            new { clip = logo.Handle, replace = new { step = 1, operation = new { scale = 0.2 } }, quality = "draft" })).ShouldSucceed();

        async Task<int> WidthAsync(ToolAnswer clip, double at) =>
            await Pixels.DifferenceAsync(film, clip.Path, at, 480) is var (left, _, right, _) ? right - left : 0;
        Assert.Equal(0, await WidthAsync(logo, 0.5));
        var (wide, narrow) = (await WidthAsync(logo, 2.5), await WidthAsync(smaller, 2.5));
        // 192 of 480 pixels, and the shade that lets it be seen.
        Assert.InRange(wide, 170, 235);
        Assert.InRange(narrow, 75, 120);
        ask.Done("it appears for the last two seconds only; smaller replaces it, and is not laid over it.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Now_for_YouTube(Way way)
    {
        var ask = await AskAsync(way, "8", "Now 16:9 for YouTube.", 1);
        var clip = await ClipAsync(ask);

        var post = (await ask.CallAsync("export_clip", new { clip = clip.Handle, platforms = new[] { "youtube" } })).ShouldSucceed();

        Assert.Equal("1920x1080", Size(post));
        Assert.Contains("youtube", Path.GetFileName(post.Path), StringComparison.Ordinal);
        Assert.DoesNotContain("9x16", Path.GetFileName(post.Path), StringComparison.Ordinal);
        ask.Done("1920x1080 to the pixel, and named so.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task A_carousel_a_cover_a_before_and_after_and_a_GIF(Way way)
    {
        var ask = await AskAsync(way, "18", "Make a carousel of three, a cover, a before and after, and a GIF.", 6);
        var (bottle, clip) = (await ask.Desk.BottleAsync(), await ClipAsync(ask));
        var warm = await EditAsync(ask, clip.Handle, new { op = "grade", look = "warm" });

        foreach (var words in new[] { "Dull skin?", "One drop.", "Glow." })
        {
            var slide = (await ask.CallAsync("generate_still", new
            {
                prompt = "as it is",
                from = new[] { bottle },
                aspect_ratio = "4:5",
                size = "480p",
                options = new { text = words, text_position = "bottom" },
            })).ShouldSucceed();
            Assert.Equal(0.8, slide.Assets[0]!["width"]!.GetValue<double>() / slide.Assets[0]!["height"]!.GetValue<double>(), 2);
        }
        var cover = (await ask.CallAsync("generate_still", new
        {
            prompt = "as it is",
            from = new[] { $"{clip.Handle} at 0.5 s" },
            size = "480p",
            options = new { text = "Watch me" },
        })).ShouldSucceed();
        Assert.StartsWith("still-", cover.Handle, StringComparison.Ordinal);
        (await ask.CallAsync(
            "assemble_clips",
            new { clips = new[] { clip.Handle, warm.Handle }, transition = "wipe_left", transition_seconds = 0.4, quality = "draft" }))
            .ShouldSucceed();
        var gif = await ask.CallAsync("export_clip", new { clip = clip.Handle, platforms = new[] { "gif" } });

        gif.ShouldBe("invalid_argument", "platforms", "gif", "tiktok");
        ask.Needs("slides, cover and the wipe from before to after are made; a GIF is not made here, and the answer lists what is.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task The_beat_should_hit_the_cut(Way way)
    {
        var ask = await AskAsync(way, "21", "Join them so that the beat hits the cut.", 1);
        var (clip, music) = (await ClipAsync(ask), await ask.Desk.MusicAsync());
        var other = await EditAsync(ask, clip.Handle, new { op = "grade", look = "mono" });

        (await ask.CallAsync(
            "assemble_clips",
            new { clips = new[] { clip.Handle, other.Handle }, audio = music, options = new { beat_sync = true } })).ShouldBe(
                "invalid_argument",
                "options");
        // Four beats a second: a cut after half a second is on one.
        var film = (await ask.CallAsync("assemble_clips", new
        {
            clips = new[] { clip.Handle, other.Handle },
            audio = music,
            operations = new[] { new { op = "trim", start_seconds = 0.5, end_seconds = 1.5 } },
            quality = "draft",
        })).ShouldSucceed();

        Assert.Equal(1, film.Assets[0]!["duration_seconds"]!.GetValue<double>(), 1);
        ask.Done("no option is swallowed any more; the assistant, who knows the beat, sets the cut by trimming.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Translate_the_captions(Way way)
    {
        var ask = await AskAsync(way, "23", "Translate the captions into Spanish.", 1);
        var clip = await ClipAsync(ask);
        object Captions(string words) =>
            new { op = "captions", cues = new[] { new { start_seconds = 0, end_seconds = 0.9, text = words } } };
        var captioned = await EditAsync(ask, clip.Handle, Captions("I tried it for a week"));
        Assert.Contains("I tried it for a week", captioned.Text, StringComparison.Ordinal);

        var spanish = (await ask.CallAsync("edit_clip", Edit(captioned.Handle, Captions("Lo probé una semana")))).ShouldSucceed();

        var recipe = spanish.Assets[0]!["recipe"]?.ToJsonString() ?? spanish.Text;
        Assert.Contains("Lo probé una semana", spanish.Text, StringComparison.Ordinal);
        Assert.Contains("takes the place of", spanish.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("I tried it", recipe.Split("before:")[0].Split("takes the place")[0], StringComparison.Ordinal);
        ask.Done("the cues stand in the text of the answer; the Spanish ones take their place.");
    }

    [Theory]
    [ClassData(typeof(BothWays))]
    public async Task Export_it_for_all_platforms(Way way)
    {
        var ask = await AskAsync(way, "34", "Export it for all platforms.", 1);
        var film = await ask.Desk.FilmAsync("blink.mp4", 0.2);
        string[] platforms = ["tiktok", "reels", "shorts", "stories", "snapchat", "meta_feed", "pinterest", "linkedin", "x", "youtube"];

        var posts = (await ask.CallAsync("export_clip", new { clip = film, platforms, wait_seconds = 200 })).ShouldSucceed();

        var found = await ask.Desk.CallAsync("find_assets", new { batch = posts.Structured["batch"]!["id"]!.GetValue<string>() });
        string[] exact = ["1080x1080", "1080x1350", "1080x1920", "1920x1080", "1000x1500"];
        Assert.Equal(10, found.Assets.Count);
        Assert.All(found.Assets, a => Assert.Contains($"{a!["width"]}x{a["height"]}", exact));
        Assert.Contains("1080x1920", posts.Text, StringComparison.Ordinal);
        ask.Done("ten posts, each of its platform's pixels.");
    }

    private static async Task<ToolAnswer> ClipAsync(Ask ask) =>
        await ask.GivenAsync("animate_image", Small(new { image = await ask.Desk.BottleAsync(), prompt = "slow push in" }));

    private static Task<ToolAnswer> EditAsync(Ask ask, string clip, object operation) => ask.GivenAsync("edit_clip", Edit(clip, operation));

    private static object Edit(string clip, object operation) => new { clip, operations = new[] { operation }, quality = "draft" };

    private static string Size(ToolAnswer made) => $"{made.Assets[0]!["width"]}x{made.Assets[0]!["height"]}";
}
