using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Paying;

/// <summary>What a clip speaks, by ElevenLabs: as captions of its own words, and in another language.</summary>
public sealed class SpeechOfClips
{
    private const string Heard = "Glow, bottled. Out on Friday.";
    private static readonly object[] Captions = [new { op = "captions" }];

    [Fact]
    public async Task Captions_without_words_are_what_the_clip_speaks_told_at_its_price_and_paid_once()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));

        var told = (await assistant.CallAsync("edit_clip", new { clip, operations = Captions, dry_run = true })).ShouldSucceed();
        Assert.Empty(await simulators.TasksAsync());
        var captioned = (await assistant.CallAsync("edit_clip", new { clip, operations = Captions, wait_seconds = 60 })).ShouldSucceed();
        var boxed = (await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new[] { new { op = "captions", highlight = "box" } }, wait_seconds = 60 })).ShouldSucceed();

        Assert.Contains("scribe", told.Text, StringComparison.Ordinal);
        Assert.True(told.Structured["job"]!["estimated_cost_usd"]!.GetValue<decimal>() > 0, told.Text);
        foreach (var made in new[] { captioned, boxed })
        {
            var cues = (await RecipeAsync(assistant, made.Handle))[0]!["cues"]!.AsArray();
            Assert.Equal(Heard, string.Join(' ', cues.Select(c => c!["text"]!.GetValue<string>())));
            // The simulated ear hears five words, each for a fifth of the two seconds.
            Assert.Equal(
                [0, 0.4, 0.8, 1.2, 1.6],
                cues.SelectMany(c => c!["word_seconds"]!.AsArray()).Select(t => Math.Round(t!.GetValue<double>(), 1)));
        }
        Assert.Contains("heard before", boxed.Text, StringComparison.Ordinal);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
        Assert.Single(library.MediaFiles, f => f.EndsWith(".m4a", StringComparison.Ordinal));
        Assert.Single(library.MediaFiles, f => f.EndsWith(".srt", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_somebody_who_hears_or_at_another_place_they_are_refused_with_what_to_do()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        var silent = await TestMedia.ClipAsync(library, "silent.mp4", sound: false);
        await using (var alone = await Assistant.StartAsync(library))
        {
            (await alone.CallAsync("edit_clip", new { clip, operations = Captions })).ShouldBe(
                "unsupported_by_model",
                "ELEVENLABS_API_KEY",
                "words as cues",
                "nothing was spent");
        }
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));

        (await assistant.CallAsync("edit_clip", new { clip = silent, operations = Captions })).ShouldBe("invalid_argument", "no sound");
        (await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new object[] { new { op = "trim", end_seconds = 1 }, new { op = "captions" } } })).ShouldBe(
            "invalid_argument",
            "first",
            "nothing was spent");
        (await assistant.CallAsync("edit_clip", new { clip, operations = Captions, instruction = "make it night" })).ShouldBe(
            "invalid_argument",
            "call of their own");
        (await assistant.CallAsync("assemble_clips", new { clips = new[] { clip, silent }, operations = Captions })).ShouldBe(
            "invalid_argument",
            "edit_clip alone");

        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task Where_nobody_speaks_it_is_said()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        await simulators.FaultAsync("ElevenLabs", "task", "empty");

        (await assistant.CallAsync("edit_clip", new { clip, operations = Captions, wait_seconds = 60 })).ShouldBe(
            "unsupported_by_model",
            "No words were heard",
            "cues");
    }

    [Fact]
    public async Task A_transcript_whose_answer_was_lost_is_never_paid_twice()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        await simulators.FaultAsync("ElevenLabs", "submit", "lost");

        await assistant.CallAsync("edit_clip", new { clip, operations = Captions, wait_seconds = 60 });
        var first = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 30 });

        Assert.Equal("unconfirmed", first.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_clip_speaks_another_language_under_the_same_picture()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        object Order(bool isDry) => new { clip, options = new { task = "dubbing", language = "es" }, dry_run = isDry, wait_seconds = 60 };

        var told = (await assistant.CallAsync("edit_clip", Order(isDry: true))).ShouldSucceed();
        var dubbed = (await assistant.CallAsync("edit_clip", Order(isDry: false))).ShouldSucceed();

        Assert.Equal(0.011m, told.Structured["job"]!["estimated_cost_usd"]!.GetValue<decimal>());
        Assert.Contains("lips move as they did", told.Text, StringComparison.Ordinal);
        Assert.Contains("lips move as they did", dubbed.Text, StringComparison.Ordinal);
        Assert.Equal(["mute", "audio"], (await RecipeAsync(assistant, dubbed.Handle)).Select(s => s!["op"]!.GetValue<string>()));
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("submit", "lost")]
    [InlineData("submit", "taken_503")]
    [InlineData("download", "truncated")]
    public async Task A_dub_is_had_and_paid_once_whatever_happens_on_the_way(string step, string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));
        await simulators.FaultAsync("ElevenLabs", step, fault);

        var dubbed = await assistant.CallAsync(
            "edit_clip",
            new { clip, options = new { task = "dubbing", language = "es" }, wait_seconds = 90 });

        Assert.Equal("succeeded", dubbed.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_dub_needs_a_language_and_something_that_is_spoken()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library);
        var silent = await TestMedia.ClipAsync(library, "silent.mp4", sound: false);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("ElevenLabs"));

        (await assistant.CallAsync("edit_clip", new { clip, options = new { task = "dubbing" } })).ShouldBe(
            "invalid_argument",
            "options.language is missing");
        (await assistant.CallAsync("edit_clip", new { clip, options = new { task = "dubbing", language = "Spanish, please" } })).ShouldBe(
            "invalid_argument",
            "code of a language");
        (await assistant.CallAsync("edit_clip", new { clip = silent, options = new { task = "dubbing", language = "es" } })).ShouldBe(
            "invalid_argument",
            "no sound");

        Assert.Empty(await simulators.TasksAsync());
    }

    private static async Task<JsonArray> RecipeAsync(Assistant assistant, string handle) =>
        (await assistant.CallAsync("find_assets", new { handle })).Assets[0]!["recipe"]!.AsArray();
}
