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
