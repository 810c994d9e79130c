namespace McpI2V.EndToEnd.Paying;

/// <summary>What is delivered into the user's own bucket is found there, whoever lost the answer.</summary>
public sealed class FindingAClipInABucket
{
    private const string Model = "vertex:veo-3.1-fast-generate-001";
    private static readonly (string, string) Bucket = ("I2V__Providers__Vertex__Bucket", "simulated-bucket");

    [Theory]
    [InlineData("lost")]
    [InlineData("taken_503")]
    [InlineData("typed_500")]
    public async Task A_request_whose_answer_was_lost_is_found_by_the_clip_in_its_folder_and_paid_once(string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Vertex"), Bucket]);
        await simulators.FaultAsync("Vertex", "submit", fault);

        var job = await AnimateAsync(assistant, photo);
        Assert.Contains(job.State, (string[])["succeeded", "unconfirmed"]);
        await Eventually.IsSoAsync(
            async () => (job = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 5 })).State == "succeeded",
            "the clip is found");

        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task One_that_was_never_taken_stays_unconfirmed()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Vertex"), Bucket]);
        await simulators.FaultAsync("Vertex", "submit", "reset");

        (await AnimateAsync(assistant, photo)).ShouldBe("unconfirmed", "check_job");

        Assert.Empty(await simulators.TasksAsync());
        Assert.True(LibraryAudit.Reserved(library) > 0, "what nobody can tell of stays reserved");
    }

    [Fact]
    public async Task A_clip_is_delivered_there_and_downloaded_whole_although_the_way_breaks()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Vertex"), Bucket]);
        await simulators.FaultAsync("Vertex", "download", "truncated");
        await simulators.FaultAsync("Vertex", "status", "404");

        (await AnimateAsync(assistant, photo)).ShouldSucceed();

        var seen = (await simulators.SeenAsync())["requests"]!;
        Assert.True((int)seen["vertex upload"]! == 1 && (int)seen["vertex download"]! >= 2, seen.ToJsonString());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_bucket_that_is_not_there_is_told_before_anything_is_sent()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Vertex"), ("I2V__Providers__Vertex__Bucket", "nobodys")]);

        (await AnimateAsync(assistant, photo)).ShouldBe("provider_auth", "does not know the bucket", "Nothing was spent");

        Assert.Empty(await simulators.TasksAsync());
    }

    private static Task<ToolAnswer> AnimateAsync(Assistant assistant, string photo) =>
        assistant.CallAsync("animate_image", new { image = photo, prompt = "slow push in", model = Model, wait_seconds = 60 });
}
