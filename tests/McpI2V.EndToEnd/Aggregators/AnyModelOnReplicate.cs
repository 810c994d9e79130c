using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Replicate;

namespace McpI2V.EndToEnd.Aggregators;

/// <summary>Models on Replicate that no catalogue has, by their ids: read, changed, refused, stopped, erased.</summary>
public sealed class AnyModelOnReplicate
{
    [Theory]
    [InlineData("replicate:acme/dream", 4, 1.6)]
    [InlineData("replicate:acme/open-dream", 5, 0.01891)]
    public async Task One_is_used_by_its_id_and_says_what_was_left_and_that_its_price_is_a_guess(string model, double seconds, double usd)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));

        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model, duration_seconds = seconds, wait_seconds = 100 })).ShouldSucceed();

        Assert.Contains("a guess", clip.Text, StringComparison.Ordinal);
        Assert.Contains(model == "replicate:acme/dream" ? "mood" : "go_fast", clip.Text, StringComparison.Ordinal);
        Assert.Equal((decimal)usd, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal((decimal)usd, LibraryAudit.Settled(library));
        var listed = (await assistant.CallAsync("list_models", new { kind = "image_to_video" })).Structured["models"]!.AsArray();
        Assert.Contains(listed, m => m!["id"]!.GetValue<string>() == model);
    }

    [Fact]
    public async Task One_that_changed_between_two_calls_is_refused_in_words_and_read_anew()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));
        Task<ToolAnswer> Ask(string prompt, double seconds) => assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt, model = "replicate:acme/dream", duration_seconds = seconds, wait_seconds = 100 });
        (await Ask("steam rises", 4)).ShouldSucceed();

        await simulators.ChangeAsync("replicate/acme/dream", """{"rename":{"first_frame_image":"start_image"}}""");
        // Its inputs were read a moment ago: Replicate itself sees it first.
        (await Ask("leaves fall", 4)).ShouldBe("provider_failed", "refused the inputs", "start_image is required", "Nothing was spent");
        (await Ask("leaves fall", 4)).ShouldSucceed();

        await simulators.ChangeAsync("replicate/acme/dream", """{"allow":{"duration":[6]}}""");
        (await Ask("snow falls", 4)).ShouldBe("provider_failed", "Nothing was spent");
        (await Ask("snow falls", 4)).ShouldBe("invalid_argument", "it makes 6 s");
        (await Ask("snow falls", 6)).ShouldSucceed();
        Assert.Equal(3, (await simulators.BillAsync()).Count);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_row_of_the_catalogue_whose_model_has_changed_is_not_sent()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await simulators.ChangeAsync("replicate/kwaivgi/kling-v3-video", """{"rename":{"start_image":"picture"}}""");
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));

        var refused = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = "replicate:kwaivgi/kling-v3-video", wait_seconds = 60 });

        refused.ShouldBe("unsupported_by_model", "no input start_image", "picture", "Nothing was spent");
        Assert.Empty(await simulators.TasksAsync());
        Assert.DoesNotContain(
            (await simulators.SeenAsync())["requests"]!.AsObject(),
            s => s.Key.EndsWith(" upload", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("replicate:acme/needs-mask", "invalid_argument", "options.mask")]
    [InlineData("replicate:acme/words-to-film", "unsupported_by_model", "made of a still")]
    [InlineData("replicate:acme/nothing", "invalid_argument", "not in the catalogue")]
    public async Task One_that_can_t_be_asked_for_is_told_before_anything_is_made(string model, string code, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));

        var answer = model.EndsWith("mask", StringComparison.Ordinal)
            ? await assistant.CallAsync("generate_still", new { prompt = "on slate", from = new[] { photo }, model })
            : await assistant.CallAsync("animate_image", new { image = photo, prompt = "steam rises", model });

        answer.ShouldBe(code, words);
        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task What_waited_for_too_long_ends_there_by_itself_and_costs_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));
        await simulators.FaultAsync("Replicate", "task", "aborted");

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = "replicate:kwaivgi/kling-v3-video", wait_seconds = 60 });

        Assert.Equal("canceled", answer.State);
        Assert.Contains("replicate canceled it. Nothing was charged.", answer.Text, StringComparison.Ordinal);
        Assert.Empty(await simulators.BillAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("replicate:kwaivgi/kling-v3-video", 0.42)]
    [InlineData("replicate:acme/open-dream", 0.00488)]
    public async Task What_had_begun_when_it_was_canceled_is_paid(string model, double usd)
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 60);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));
        var job = await assistant.CallAsync("animate_image", new { image = photo, prompt = "steam rises", model, wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = job.Job })).State == "running",
            "it has begun");

        await assistant.CallAsync("cancel_job", new { id = job.Job });
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = job.Job })).State == "canceled",
            "it is canceled");

        Assert.Equal((decimal)usd, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal((decimal)usd, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_signed_word_makes_it_look_at_once_and_any_other_does_not()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        await using var job = await UnwatchedJob.StartAsync(simulators, library, "Replicate", "replicate:kwaivgi/kling-v3-video");
        JsonObject? made = null;
        await Eventually.IsSoAsync(
            async () => (made = await NewestAsync(simulators))?["status"]?.ToString() == "succeeded",
            "it is made, and nobody has looked");

        Assert.Equal(403, await ReplicateWord.SendAsync(job.Hooks, made!, late: TimeSpan.FromMinutes(10)));
        Assert.Equal(404, await ReplicateWord.SendAsync(job.Hooks, new JsonObject { ["id"] = "of-somebody-else" }));
        Assert.Equal(403, await job.SendUnsignedAsync(made!));
        Assert.Equal(200, await ReplicateWord.SendAsync(job.Hooks, made!));
        await job.EndsAsync();

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    private static async Task<JsonObject?> NewestAsync(SimulatedProviders simulators)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SimulatedProviders.Key);
        var list = await http.GetFromJsonAsync<JsonObject>($"{simulators.Origin}/replicate/predictions");
        return list!["results"]!.AsArray().FirstOrDefault()?.DeepClone().AsObject();
    }
}
