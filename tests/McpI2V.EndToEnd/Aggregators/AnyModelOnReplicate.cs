using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Replicate;

namespace McpI2V.EndToEnd.Paying;

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

        await ChangeAsync(simulators, "acme/dream", """{"rename":{"first_frame_image":"start_image"}}""");
        // Its inputs were read a moment ago: Replicate itself sees it first.
        (await Ask("leaves fall", 4)).ShouldBe("provider_failed", "refused the inputs", "start_image is required", "Nothing was spent");
        (await Ask("leaves fall", 4)).ShouldSucceed();

        await ChangeAsync(simulators, "acme/dream", """{"allow":{"duration":[6]}}""");
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
        await ChangeAsync(simulators, "kwaivgi/kling-v3-video", """{"rename":{"start_image":"picture"}}""");
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

    [Theory]
    [InlineData("erased", "provider_failed", "keeps results for an hour", 0.42)]
    [InlineData("empty", "provider_failed", "delivered nothing", 0.42)]
    [InlineData("refuse", "provider_refused", "Nothing was spent", 0)]
    public async Task What_did_not_come_is_told_with_what_it_cost(string fate, string code, string words, double usd)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Replicate"));
        await simulators.FaultAsync("Replicate", "task", fate);

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = "replicate:kwaivgi/kling-v3-video", wait_seconds = 60 });

        answer.ShouldBe(code, words);
        Assert.Equal((decimal)usd, (await simulators.BillAsync()).Sum(b => b.Usd));
        Assert.Equal((decimal)usd, LibraryAudit.Settled(library));
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
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(
            library,
            "",
            [
                .. simulators.Settings("Replicate"),
                ("I2V__Providers__Replicate__PollSeconds", "300"),
                ("I2V__Http__PublicUrl", "https://ads.example"),
            ]);
        await using var client = await server.ConnectAsync("2026-07-28");
        var job = ToolAnswer.FromResult(await client.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?>
            {
                ["image"] = photo,
                ["prompt"] = "steam rises",
                ["model"] = "replicate:kwaivgi/kling-v3-video",
                ["wait_seconds"] = 0,
            })).ShouldSucceed().Job;
        JsonObject? made = null;
        await Eventually.IsSoAsync(
            async () => (made = await NewestAsync(simulators))?["status"]?.ToString() == "succeeded",
            "it is made, and nobody has looked");
        var hooks = $"{server.Origin}webhooks/replicate";

        Assert.Equal(403, await ReplicateWord.SendAsync(hooks, made!, late: TimeSpan.FromMinutes(10)));
        Assert.Equal(404, await ReplicateWord.SendAsync(hooks, new JsonObject { ["id"] = "of-somebody-else" }));
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Post, "webhooks/replicate", made!.ToJsonString())).Status);
        Assert.Equal(200, await ReplicateWord.SendAsync(hooks, made));
        await Eventually.IsSoAsync(
            async () => ToolAnswer.FromResult(await client.CallToolAsync(
                "check_job",
                new Dictionary<string, object?> { ["id"] = job })).State == "succeeded",
            "the job has ended minutes before its next look");

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task The_doctor_says_whose_key_it_is_and_what_it_unlocks()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();

        var doctor = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor",
            simulators.Settings("Replicate").Append(("I2V_HOME", library.Home)).ToDictionary(s => s.Item1, s => s.Item2));

        Assert.Contains(
            "replicate: reached, the key of simulated is accepted; any model there by replicate:owner/name",
            doctor.Output,
            StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(SimulatedProviders simulators, string model, string change)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync($"{simulators.Origin}/_sim/replicate/{model}", JsonNode.Parse(change))).EnsureSuccessStatusCode();
    }

    private static async Task<JsonObject?> NewestAsync(SimulatedProviders simulators)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", SimulatedProviders.Key);
        var list = await http.GetFromJsonAsync<JsonObject>($"{simulators.Origin}/replicate/predictions");
        return list!["results"]!.AsArray().FirstOrDefault()?.DeepClone().AsObject();
    }
}
