namespace McpI2V.EndToEnd.Aggregators;

/// <summary>Higgsfield's own models and others' through it: by ids that no catalogue has, at the price that it estimates.</summary>
public sealed class AnyModelAtHiggsfield
{
    private const string Kling = "higgsfield:kling-video/v3.0/std/image-to-video";

    [Fact]
    public async Task One_is_used_by_its_id_and_settled_at_what_was_estimated()
    {
        await using var simulators = await SimulatedProviders.StartAsync(shortSide: 240);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Higgsfield"));

        var clip = (await assistant.CallAsync("animate_image", Ask(photo, "higgsfield:acme/dream/image-to-video", 4))).ShouldSucceed();

        Assert.Contains("a guess", clip.Text, StringComparison.Ordinal);
        Assert.Equal(0.08m, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal(0.08m, LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("higgsfield:acme/palace/image-to-video", "over_budget", "higgsfield asks $3.60 for this now, and $1.60 was told")]
    [InlineData("higgsfield:acme/words/text-to-video", "unsupported_by_model", "made of a still")]
    [InlineData("higgsfield:acme/nothing/image-to-video", "invalid_argument", "not in the catalogue")]
    public async Task One_that_can_t_be_asked_for_is_told_before_anything_is_made(string model, string code, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Higgsfield"));

        (await assistant.CallAsync("animate_image", Ask(photo, model, 4))).ShouldBe(code, words, "Nothing was spent");

        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task Too_many_at_once_are_waited_for_and_no_address_of_another_host_is_followed()
    {
        await using var simulators = await SimulatedProviders.StartAsync(shortSide: 240);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await simulators.ChangeAsync("higgsfield/any", """{"at_once":1,"host":"https://10.0.0.1"}""");
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Higgsfield"));

        var batch = (await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { photo },
                prompts = new[] { "steam rises", "leaves fall" },
                models = new[] { Kling },
                wait_seconds = 100,
            })).ShouldSucceed();

        Assert.Equal(2, batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_refusal_is_told_and_costs_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Higgsfield"));
        await simulators.FaultAsync("Higgsfield", "task", "refuse");

        (await assistant.CallAsync("animate_image", Ask(photo, Kling, 5))).ShouldBe(
            "provider_refused",
            "safety check",
            "Nothing was spent");

        Assert.Equal(0, LibraryAudit.Settled(library) + LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("HF_CREDENTIALS", null)]
    [InlineData("HF_KEY", null)]
    [InlineData("HF_API_KEY", "HF_API_SECRET")]
    public async Task The_doctor_reads_the_key_where_the_vendors_tools_do_and_says_what_it_unlocks(string variable, string? secret)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();

        var doctor = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor",
            simulators.Settings("Higgsfield")
                .Select(s => s.Name == "HF_CREDENTIALS" ? (variable, s.Value) : (s.Name, s.Value))
                .Append((secret ?? "HF_UNUSED", "secret"))
                .Append(("I2V_HOME", library.Home))
                .ToDictionary(s => s.Item1, s => s.Item2));

        Assert.Contains(
            "higgsfield: reached, the key is accepted (no balance is told); any of its models by higgsfield:<model id>",
            doctor.Output,
            StringComparison.Ordinal);
    }

    private static object Ask(string photo, string model, double seconds) =>
        new { image = photo, prompt = "steam rises", model, duration_seconds = seconds, resolution = "720p", wait_seconds = 100 };
}
