using McpI2V.EndToEnd.Conversations.Desks;

namespace McpI2V.EndToEnd.Conversations;

/// <summary>What a generative model makes, where keys are set.</summary>
public sealed class GeneratedClips(PaidRoom room) : Group<PaidRoom>(room, "generated-clips", "Generated clips, with keys")
{
    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Steam_over_the_coffee_upright(Way way)
    {
        var ask = await AskAsync(way, "2", "Make steam rise over this coffee, 9:16. (Every key is set.)", 2);

        var clip = (await ask.CallAsync("animate_image", new
        {
            image = await ask.Desk.CoffeeAsync(),
            prompt = "Steam rises gently from the cup, camera locked off",
            aspect_ratio = "9:16",
            resolution = "480p",
            wait_seconds = 200,
        })).ShouldSucceed();

        Assert.NotEqual("local", clip.Structured["job"]!["provider"]!.GetValue<string>());
        Assert.True(clip.Assets[0]!["height"]!.GetValue<int>() > clip.Assets[0]!["width"]!.GetValue<int>(), clip.Text);
        Assert.Contains("extended", clip.Text, StringComparison.Ordinal);
        ask.Done("the photo is extended first, in a line that says so; a generative model makes the steam.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Variants_of_a_generative_model_priced_first(Way way)
    {
        var ask = await AskAsync(
            way,
            "4",
            "Eight variants of it with a real model: two motions, two hooks, TikTok and feed. The price first.",
            3);
        var matrix = new
        {
            name = "Coffee hooks",
            images = new[] { await ask.Desk.CoffeeAsync() },
            prompts = new[] { "Steam rises, slow push in", "Steam rises, slow pan left" },
            texts = new[] { "First sip", "Slow mornings" },
            aspect_ratios = new[] { "9:16", "4:5" },
            resolution = "480p",
            duration_seconds = 5,
        };

        var plan = (await ask.CallAsync("batch_variants", With(matrix, new { dry_run = true }))).ShouldSucceed();
        var started = (await ask.CallAsync("batch_variants", With(matrix, new { wait_seconds = 0 }))).ShouldSucceed();
        var made = (await ask.CallAsync("check_job", new { id = Id(started), wait_seconds = 300 })).ShouldSucceed();

        Assert.Contains("$", plan.Text, StringComparison.Ordinal);
        Assert.Contains("expected", started.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("free", started.Text.Split('\n')[0], StringComparison.Ordinal);
        Assert.Equal(8, made.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        var found = await ask.Desk.CallAsync("find_assets", new { batch = Id(started) });
        Assert.All(found.Assets, a => Assert.DoesNotContain("local:camera", a!.ToJsonString(), StringComparison.Ordinal));
        ask.Done("told the price, never called free while it ran; no camera move among them.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task An_avatar_says_this_script(Way way)
    {
        var ask = await AskAsync(way, "9", "A woman in her kitchen says: \"I tried this serum for a week.\" I have nothing at hand.", 1);

        var still = (await ask.CallAsync(
            "generate_still",
            new { prompt = "A woman in her kitchen, phone selfie, morning light", size = "720p", wait_seconds = 100 })).ShouldSucceed();
        var clip = (await ask.CallAsync("animate_image", new
        {
            image = still.Handle,
            prompt = "She says to the camera: \"I tried this serum for a week.\" Static camera.",
            audio = "native",
            duration_seconds = 5,
            wait_seconds = 200,
        })).ShouldSucceed();

        Assert.Contains("audio", await Shell.ProbeAsync(clip.Path, "stream=codec_type"), StringComparison.Ordinal);
        ask.Done("a still, and a model that speaks; no throw-away clip.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Lip_sync_this_voice_over(Way way)
    {
        var ask = await AskAsync(way, "10", "Lip sync this voice-over to the clip.", 1);

        var clip = (await ask.CallAsync("edit_clip", new
        {
            clip = await ask.Desk.FilmAsync(),
            audio = await ask.Desk.VoiceAsync(),
            options = new { task = "lip_sync" },
            wait_seconds = 200,
        })).ShouldSucceed();

        Assert.StartsWith("clip-", clip.Handle, StringComparison.Ordinal);
        ask.Done("one call.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task One_character_four_clips_a_film_of_thirty_seconds_with_music(Way way)
    {
        var ask = await AskAsync(way, "15", "The same character in four clips, a film of thirty seconds, our music under it.", 3);

        (await ask.CallAsync("save_element", new
        {
            name = "Anna",
            kind = "subject",
            description = "a woman of thirty in a green jumper, short brown hair",
            images = new[] { await ask.Desk.PersonAsync() },
        })).ShouldSucceed();
        var clips = (await ask.CallAsync("batch_variants", new
        {
            name = "Anna's morning",
            images = new[] { await ask.Desk.PersonAsync() },
            prompts = new[]
            {
                "Anna looks out of the window, slow push in",
                "Anna smiles, static camera",
                "Anna turns her head, slow pan left",
                "Anna nods, slow pull out",
            },
            elements = new[] { "Anna" },
            duration_seconds = 8,
            resolution = "480p",
            wait_seconds = 300,
        })).ShouldSucceed();
        var film = (await ask.CallAsync("assemble_clips", new
        {
            clips = Handles(clips),
            audio = await ask.Desk.MusicAsync(),
            operations = new[] { new { op = "trim", end_seconds = 30 } },
            quality = "draft",
            wait_seconds = 200,
        })).ShouldSucceed();

        Assert.Equal(4, clips.Assets.Count);
        var found = await ask.Desk.CallAsync("find_assets", new { batch = Id(clips) });
        Assert.Distinct(found.Assets.Select(a => a!["title"]!.GetValue<string>()));
        Assert.Equal(30, film.Assets[0]!["duration_seconds"]!.GetValue<double>(), 0);
        Assert.Contains("audio", await Shell.ProbeAsync(film.Path, "stream=codec_type"), StringComparison.Ordinal);
        ask.Done("named once, four clips that are named apart, one film with music.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Extend_it(Way way)
    {
        var ask = await AskAsync(way, "29", "Extend it.", 1);

        var longer = (await ask.CallAsync("edit_clip", new
        {
            clip = await ask.Desk.FilmAsync("five.mp4", 5),
            instruction = "the camera goes on",
            options = new { task = "video_extend" },
            wait_seconds = 200,
        })).ShouldSucceed();

        Assert.StartsWith("clip-", longer.Handle, StringComparison.Ordinal);
        ask.Done("one call.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task Mirror_dance(Way way)
    {
        var ask = await AskAsync(way, "30", "She dances before the mirror, and her reflection dances along. (Every key is set.)", 2);

        var still = (await ask.CallAsync("generate_still", new
        {
            prompt = "The same woman before a large mirror, her reflection in it",
            from = new[] { await ask.Desk.PersonAsync() },
            size = "720p",
            wait_seconds = 100,
        })).ShouldSucceed();
        var clip = (await ask.CallAsync("animate_image", new
        {
            image = still.Handle,
            prompt = "She sways from side to side, her reflection moves with her, static camera",
            resolution = "480p",
            wait_seconds = 200,
        })).ShouldSucceed();

        Assert.NotEqual("local", clip.Structured["job"]!["provider"]!.GetValue<string>());
        ask.Done("the reflection is put into the still, and that still is animated.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task The_coffee_to_my_music(Way way)
    {
        var ask = await AskAsync(way, "38", "Animate the coffee to my music.", 1);
        var shot = new
        {
            image = await ask.Desk.CoffeeAsync(),
            prompt = "Steam curls, slow push in",
            audio = await ask.Desk.MusicAsync(),
            resolution = "480p",
            duration_seconds = 5,
            wait_seconds = 200,
        };

        var plan = (await ask.CallAsync("animate_image", With(shot, new { dry_run = true }))).ShouldSucceed();
        var clip = (await ask.CallAsync("animate_image", shot)).ShouldSucceed();

        Assert.All(new[] { plan, clip }, a => Assert.DoesNotContain("avatar", a.Text, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("laid under the clip", plan.Text, StringComparison.Ordinal);
        Assert.Contains("audio", await Shell.ProbeAsync(clip.Path, "stream=codec_type"), StringComparison.Ordinal);
        ask.Done("the music is laid under the clip; nobody is made to sing.");
    }

    [Theory]
    [InlineData(Way.Stdio)]
    public async Task From_the_closed_box_to_the_open_one(Way way)
    {
        var ask = await AskAsync(way, "31", "The closed box opens.", 2);
        var photo = await ask.Desk.CoffeeAsync();

        var plan = (await ask.CallAsync(
            "animate_image",
            new { image = photo, prompt = "The closed box opens, slow push in", dry_run = true })).ShouldSucceed();
        var still = (await ask.CallAsync(
            "generate_still",
            new { prompt = "The same box, open", from = new[] { photo }, size = "720p", wait_seconds = 100 })).ShouldSucceed();
        var clip = (await ask.CallAsync("animate_image", new
        {
            image = still.Handle,
            prompt = "slow push in",
            resolution = "480p",
            wait_seconds = 200,
        })).ShouldSucceed();

        var advice = Assert.Single(plan.Warnings, w => w.Contains("animate that", StringComparison.Ordinal));
        Assert.Contains("end_image would morph", advice, StringComparison.Ordinal);
        Assert.NotEqual("local", clip.Structured["job"]!["provider"]!.GetValue<string>());
        ask.Done("the advice is to make the state in the still and animate that; so it is done.");
    }

    private static string Id(ToolAnswer batch) => batch.Structured["batch"]!["id"]!.GetValue<string>();

    private static string[] Handles(ToolAnswer made) => [.. made.Assets.Select(a => a!["handle"]!.GetValue<string>())];
}
