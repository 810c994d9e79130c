namespace McpI2V.EndToEnd.Paying;

/// <summary>Voices, music and effects by ElevenLabs, whose answer is the sound: what is made, what a lost answer becomes.</summary>
public sealed class SoundsOfElevenLabs
{
    [Theory]
    [InlineData("voice", "text", "eleven_multilingual_v2")]
    [InlineData("music", "prompt", "music_v2_5")]
    [InlineData("effect", "prompt", "eleven_text_to_sound_v2")]
    public async Task The_key_alone_makes_every_kind_of_sound(string kind, string argument, string model)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));

        var made = (await assistant.CallAsync("generate_audio", new Dictionary<string, object>
        {
            ["kind"] = kind,
            [argument] = "Glow, bottled. Out on Friday.",
        })).ShouldSucceed();

        Assert.Contains("elevenlabs:" + model, made.Text, StringComparison.Ordinal);
        Assert.Single(library.MediaFiles, f => f.EndsWith(".mp3", StringComparison.Ordinal));
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("voice", "text", "lost")]
    [InlineData("voice", "text", "taken_503")]
    [InlineData("voice", "text", "lost_html")]
    [InlineData("music", "prompt", "lost")]
    public async Task Speech_whose_answer_was_lost_is_found_in_the_history_and_paid_once(string kind, string argument, string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        await simulators.FaultAsync("ElevenLabs", "submit", fault);

        var job = await assistant.CallAsync("generate_audio", new Dictionary<string, object>
        {
            ["kind"] = kind,
            [argument] = "Glow, bottled. Out on Friday.",
            ["wait_seconds"] = 40,
        });
        if (kind == "voice" && job.State == "unconfirmed")
        {
            await Eventually.IsSoAsync(
                async () => (job = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 5 })).State == "succeeded",
                "the speech is found");
        }

        // Of music nothing is listed: only the user sends it again.
        Assert.Equal(kind == "voice" ? "succeeded" : "unconfirmed", job.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal(kind == "voice" ? (await simulators.BillAsync()).Sum(b => b.Usd) : 0, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task Music_is_composed_for_a_clip_that_the_model_sees_and_laid_under_it()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        const string Model = "elevenlabs:music_v2_5/video";

        var scored = (await assistant.CallAsync(
            "edit_clip",
            new { clip, instruction = "calm piano", model = Model, options = new { task = "music" } })).ShouldSucceed();
        (await assistant.CallAsync("generate_audio", new { kind = "music", prompt = "calm piano", model = Model })).ShouldBe(
            "unsupported_by_model",
            "options.task music",
            "spent");

        Assert.Equal("audio", (await assistant.CallAsync("find_assets", new { handle = scored.Handle })).Assets[0]!["recipe"]![0]!["op"]!
            .GetValue<string>());
        var task = Assert.Single(await simulators.TasksAsync());
        Assert.Equal("music_v2_5", task["model"]!.GetValue<string>());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task Captions_that_name_a_voice_follow_its_words()
    {
        const string Said = "Glow, bottled. Out on Friday.";
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        var music = await TestMedia.SoundAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        var voice = (await assistant.CallAsync("generate_audio", new { kind = "voice", text = Said })).ShouldSucceed();

        var edited = (await assistant.CallAsync("edit_clip", new
        {
            clip,
            operations = new object[]
            {
                new { op = "audio", audio = voice.Handle },
                new { op = "captions", cues = voice.Handle, highlight = "karaoke" },
            },
        })).ShouldSucceed();
        (await assistant.CallAsync("export_clip", new { clip, platforms = new[] { "tiktok" }, captions = voice.Handle })).ShouldSucceed();
        (await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new object[] { new { op = "captions", cues = music } } })).ShouldBe(
            "invalid_argument",
            "nobody knows when the words of",
            "Nothing was spent");

        var recipe = (await assistant.CallAsync("find_assets", new { handle = edited.Handle })).Assets[0]!["recipe"]!.AsArray();
        var cues = recipe[1]!["cues"]!.AsArray();
        Assert.Equal(Said, string.Join(' ', cues.Select(c => c!["text"]!.GetValue<string>())));
        // The simulated voice takes 0.06 s for each letter.
        Assert.Equal(
            [0, 0.36, 0.9, 1.14, 1.32],
            cues.SelectMany(c => c!["word_seconds"]!.AsArray()).Select(t => Math.Round(t!.GetValue<double>(), 2)));
        Assert.Contains(library.MediaFiles, f => f.EndsWith(".srt", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("anna of our shop")]
    [InlineData("aNna0000000000000001")]
    public async Task The_accounts_own_voices_are_listed_for_free_and_speak_by_name_or_id(string voice)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));

        var listed = (await assistant.CallAsync("list_models", new { kind = "text_to_speech", available_only = true })).ShouldSucceed();
        Assert.Empty(await simulators.TasksAsync());
        (await assistant.CallAsync("generate_audio", new { kind = "voice", text = "Good morning.", voice })).ShouldSucceed();

        Assert.Matches(
            @"own voices at elevenlabs, as of \d{4}-\d\d-\d\d \d\d:\d\d UTC: Anna of our shop \(aNna0000000000000001\)",
            listed.Text);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_voice_of_the_accounts_own_speaks_and_an_unknown_one_is_told_with_those_that_there_are()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));

        (await assistant.CallAsync(
            "generate_audio",
            new { kind = "voice", text = "Good morning.", options = new { voice = "anna of our shop" } })).ShouldSucceed();
        (await assistant.CallAsync(
            "generate_audio",
            new { kind = "voice", text = "Good evening.", options = new { voice = "Zoe" } })).ShouldBe(
            "provider_refused",
            "Zoe",
            "Anna of our shop",
            "Nothing was spent");

        Assert.Single(await simulators.TasksAsync());
    }
}
