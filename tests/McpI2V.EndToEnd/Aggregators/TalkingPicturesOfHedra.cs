using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Hedra;

namespace McpI2V.EndToEnd.Aggregators;

/// <summary>Hedra: pictures that speak, any model of its catalogue, and what wallet, files and results are subject to.</summary>
public sealed class TalkingPicturesOfHedra
{
    [Theory]
    [InlineData("standard", 0.42)]
    [InlineData("best", 0.56)]
    public async Task Each_quality_of_a_model_that_no_row_has_is_told_and_paid_at_its_own_price(string quality, double usd)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Hedra"));
        object Shot(bool isPlan) => new
        {
            image = photo,
            prompt = "steam rises",
            model = "hedra:kling-o3",
            duration_seconds = 5,
            quality,
            dry_run = isPlan,
            wait_seconds = 100,
        };

        var plan = (await assistant.CallAsync("animate_image", Shot(isPlan: true))).ShouldSucceed();
        (await assistant.CallAsync("animate_image", Shot(isPlan: false))).ShouldSucceed();

        Assert.Contains($"${usd:0.00}", plan.Text, StringComparison.Ordinal);
        Assert.Equal((decimal)usd, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal((decimal)usd, LibraryAudit.Settled(library));
    }

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
        await simulators.ChangeAsync("hedra", change);

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

    [Fact]
    public async Task A_signed_word_makes_it_look_at_once_and_any_other_does_not()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        await using var job = await UnwatchedJob.StartAsync(simulators, library, "Hedra", "hedra:kling-v3");
        JsonNode? made = null;
        await Eventually.IsSoAsync(
            async () => (made = (await simulators.TasksAsync()).SingleOrDefault())?["state"]?.ToString() == "Done",
            "it is made, and nobody has looked");
        var word = new JsonObject { ["job_id"] = made!["id"]!.ToString(), ["model"] = "kling-v3", ["status"] = "COMPLETED" };
        // A finished job is charged a moment later: somebody has looked before.
        await LookAsync(simulators, made["id"]!.ToString());

        Assert.Equal(403, await HedraWord.SendAsync(job.Hooks, word, late: TimeSpan.FromMinutes(10)));
        Assert.Equal(404, await HedraWord.SendAsync(job.Hooks, new JsonObject { ["job_id"] = "of-somebody-else" }));
        Assert.Equal(403, await job.SendUnsignedAsync(word));
        Assert.Equal(200, await HedraWord.SendAsync(job.Hooks, word));
        await job.EndsAsync();

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    private static async Task LookAsync(SimulatedProviders simulators, string job)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Key", SimulatedProviders.Key);
        (await http.GetAsync(new Uri($"{simulators.Origin}/hedra/jobs/{job}"))).EnsureSuccessStatusCode();
    }
}
