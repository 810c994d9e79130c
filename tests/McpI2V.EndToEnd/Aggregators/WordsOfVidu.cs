using System.Text.Json.Nodes;
using McpI2V.Simulators.Vidu;

namespace McpI2V.EndToEnd.Aggregators;

/// <summary>Vidu: what it sends by itself, what is called off while it waits, and the models it had.</summary>
public sealed class WordsOfVidu
{
    private const string Turbo = "vidu:viduq3-turbo";

    [Fact]
    public async Task A_signed_callback_makes_it_look_at_once_and_any_other_does_not()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        await using var job = await UnwatchedJob.StartAsync(simulators, library, "Vidu", Turbo);
        JsonNode? made = null;
        await Eventually.IsSoAsync(
            async () => (made = (await simulators.TasksAsync()).SingleOrDefault())?["state"]?.ToString() == "Done",
            "it is made, and nobody has looked");
        var word = new JsonObject { ["id"] = made!["id"]!.ToString(), ["state"] = "success" };

        Assert.Equal(403, await ViduWord.SendAsync(job.Hooks, word, SimulatedProviders.Key, late: TimeSpan.FromMinutes(10)));
        Assert.Equal(403, await ViduWord.SendAsync(job.Hooks, word, "another-key"));
        Assert.Equal(403, await job.SendUnsignedAsync(word));
        Assert.Equal(404, await ViduWord.SendAsync(job.Hooks, new JsonObject { ["id"] = "of-somebody-else" }, SimulatedProviders.Key));
        Assert.Equal(200, await ViduWord.SendAsync(job.Hooks, word, SimulatedProviders.Key));
        await job.EndsAsync();

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task What_waits_for_its_turn_is_called_off_for_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 20, places: 1);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Vidu"));
        async Task OrderAsync(string prompt, int tasks)
        {
            await assistant.CallAsync("animate_image", new { image = photo, prompt, model = Turbo, wait_seconds = 0 });
            await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == tasks, "the vendor has it");
        }
        await OrderAsync("push in", 1);
        await OrderAsync("pan left", 2);

        var canceled = await assistant.CallAsync("cancel_job", new { id = "job-2" });
        await Eventually.IsSoAsync(
            async () => (canceled = await assistant.CallAsync("check_job", new { id = "job-2" })).State == "canceled",
            "it is called off");

        Assert.Contains("Nothing was charged", canceled.Text, StringComparison.Ordinal);
        Assert.Empty(await simulators.BillAsync());
    }

    [Fact]
    public async Task A_model_that_it_had_is_answered_with_one_that_it_has()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Vidu"));

        (await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "Vidu 2.0" })).ShouldBe(
            "unsupported_by_model",
            "vidu-q3-turbo",
            "Nothing was spent");
    }
}
