using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Hedra;

namespace McpI2V.EndToEnd.Aggregators;

/// <summary>Hedra: pictures that speak, any model of its catalogue, and what wallet, files and results are subject to.</summary>
public sealed class TalkingPicturesOfHedra
{
    [Fact]
    public async Task A_portrait_speaks_as_long_as_the_voice_and_costs_what_the_job_says()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var (photo, voice) = (await TestMedia.StillAsync(library), await TestMedia.SoundAsync(library));
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "she tells it with a smile", audio = voice, model = "Hedra Avatar", wait_seconds = 100 });
        var clip = answer.ShouldSucceed();

        var seconds = clip.Assets[0]!["duration_seconds"]!.GetValue<double>();
        Assert.Equal("hedra:hedra-avatar", clip.Assets[0]!["model"]!.GetValue<string>());
        var line = Assert.Single(await simulators.BillAsync());
        Assert.InRange((double)line.Usd, (seconds - 0.1) * 0.05, (seconds + 0.1) * 0.05);
        Assert.Equal(line.Usd, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("hedra:flux-3", 5, 0.5, "Left as the model has them")]
    [InlineData("hedra:kling-v3", 5, 0.42, "asked for its own price before")]
    public async Task Any_model_is_used_by_its_id_at_the_price_that_hedra_tells(string model, double seconds, double usd, string said)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));
        object Shot(bool isPlan) => new
        {
            image = photo,
            prompt = "steam rises",
            model,
            duration_seconds = seconds,
            resolution = "720p",
            dry_run = isPlan,
            wait_seconds = 100,
        };

        var plan = (await assistant.CallAsync("animate_image", Shot(isPlan: true))).ShouldSucceed();
        var clip = (await assistant.CallAsync("animate_image", Shot(isPlan: false))).ShouldSucceed();

        Assert.Contains($"${usd:0.00}", plan.Text, StringComparison.Ordinal);
        Assert.Equal(model == "hedra:kling-v3", clip.Text.Contains(said, StringComparison.Ordinal));
        Assert.Equal((decimal)usd, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal((decimal)usd, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task What_hedra_asks_more_for_than_was_told_is_not_sent()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        Directory.CreateDirectory(library.Home);
        File.WriteAllText(
            Path.Combine(library.Home, "models.json"),
            """
            {"models":[{"id":"hedra:wan-2-7","alias":"wan-2.7","provider":"hedra","kinds":["image_to_video"],"frames":["first"],
              "durations_seconds":{"min":2,"max":15},"resolutions":["720p"],"aspect_ratios":["source"],
              "price":{"unit":"second","usd":0.01},"wire":{"by_names":true}}]}
            """);
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = "hedra:wan-2-7", duration_seconds = 5, wait_seconds = 60 });

        answer.ShouldBe("over_budget", "hedra asks $0.50 for this now, and $0.05 was told", "models.json", "Nothing was spent");
        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("""{"balance":0.01}""", "steam rises", "provider_auth", "API wallet")]
    [InlineData(
        """{"rename":{"model":"kling-v3","from":"start_image","to":"first_image"}}""",
        "steam rises",
        "unsupported_by_model",
        "no input start_image")]
    [InlineData("{}", "forbidden things", "provider_refused", "safety check")]
    public async Task What_hedra_refuses_before_it_runs_costs_nothing(string change, string prompt, string code, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));
        await ChangeAsync(simulators, change);

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt, model = "hedra:kling-v3", wait_seconds = 60 });

        answer.ShouldBe(code, words, "Nothing was spent");
        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("hedra:luma-ray-32", "unsupported_by_model", "made of a still")]
    [InlineData("hedra:sora-2-pro", "unsupported_by_model", "Its successor is hedra:kling-v3")]
    [InlineData("hedra:nothing-such", "invalid_argument", "not in the catalogue")]
    public async Task One_that_can_t_be_asked_for_is_told_before_anything_is_made(string model, string code, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));

        var answer = await assistant.CallAsync("animate_image", new { image = photo, prompt = "steam rises", model });

        answer.ShouldBe(code, words);
        Assert.Empty(await simulators.TasksAsync());
    }

    [Theory]
    [InlineData("expired", "provider_failed", "has expired there", 0.42)]
    [InlineData("empty", "provider_failed", "delivered nothing", 0.42)]
    [InlineData("spoilt", "provider_failed", "This output failed", 0)]
    [InlineData("refuse", "provider_refused", "Nothing was spent", 0)]
    [InlineData("fail", "provider_failed", "Nothing was spent", 0)]
    public async Task What_did_not_come_is_told_with_what_it_cost(string fate, string code, string words, double usd)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));
        await simulators.FaultAsync("Hedra", "task", fate);

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model = "hedra:kling-v3", wait_seconds = 60 });

        answer.ShouldBe(code, words);
        Assert.Equal((decimal)usd, (await simulators.BillAsync()).Sum(b => b.Usd));
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
                .. simulators.Settings("Hedra"),
                ("I2V__Providers__Hedra__PollSeconds", "300"),
                ("I2V__Http__PublicUrl", "https://ads.example"),
            ]);
        await using var client = await server.ConnectAsync("2026-07-28");
        var job = ToolAnswer.FromResult(await client.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?>
            {
                ["image"] = photo,
                ["prompt"] = "steam rises",
                ["model"] = "hedra:kling-v3",
                ["wait_seconds"] = 0,
            })).ShouldSucceed().Job;
        JsonNode? made = null;
        await Eventually.IsSoAsync(
            async () => (made = (await simulators.TasksAsync()).SingleOrDefault())?["state"]?.ToString() == "Done",
            "it is made, and nobody has looked");
        var word = new JsonObject { ["job_id"] = made!["id"]!.ToString(), ["model"] = "kling-v3", ["status"] = "COMPLETED" };
        var hooks = $"{server.Origin}webhooks/hedra";
        // A finished job is charged a moment later: somebody has looked before.
        await LookAsync(simulators, made["id"]!.ToString());

        Assert.Equal(403, await HedraWord.SendAsync(hooks, word, late: TimeSpan.FromMinutes(10)));
        Assert.Equal(404, await HedraWord.SendAsync(hooks, new JsonObject { ["job_id"] = "of-somebody-else" }));
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Post, "webhooks/hedra", word.ToJsonString())).Status);
        Assert.Equal(200, await HedraWord.SendAsync(hooks, word));
        await Eventually.IsSoAsync(
            async () => ToolAnswer.FromResult(await client.CallToolAsync(
                "check_job",
                new Dictionary<string, object?> { ["id"] = job })).State == "succeeded",
            "the job has ended minutes before its next look");

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task The_doctor_says_what_is_in_the_wallet_and_what_the_key_unlocks()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await ChangeAsync(simulators, """{"balance":12.5}""");

        var doctor = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor",
            simulators.Settings("Hedra").Append(("I2V_HOME", library.Home)).ToDictionary(s => s.Item1, s => s.Item2));

        Assert.Contains(
            "hedra: reached, the key is accepted, $12.50 in the API wallet; talking pictures, and any model there by hedra:<id>",
            doctor.Output,
            StringComparison.Ordinal);
    }

    private static async Task ChangeAsync(SimulatedProviders simulators, string change)
    {
        using var http = new HttpClient();
        (await http.PostAsJsonAsync($"{simulators.Origin}/_sim/hedra", JsonNode.Parse(change))).EnsureSuccessStatusCode();
    }

    private static async Task LookAsync(SimulatedProviders simulators, string job)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", SimulatedProviders.Key);
        (await http.GetAsync(new Uri($"{simulators.Origin}/hedra/jobs/{job}"))).EnsureSuccessStatusCode();
    }
}
