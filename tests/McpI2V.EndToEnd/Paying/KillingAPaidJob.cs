namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// `kill -9` between every two lines of a paid job's life, where the vendor keeps the task and where its answer is the result.
/// </summary>
public sealed class KillingAPaidJob
{
    // Where the server dies, how its job ends, and how often the vendor took it.
    private static readonly (string Moment, string End, int Taken)[] Moments =
    [
        ("submitting", "succeeded", 1),
        ("prepared", "succeeded", 1),
        // Written down as on its way, and not sent: nobody can know that, so nobody sends it again but the user.
        ("sending", "unconfirmed", 0),
        // Taken by the vendor, and not yet written down: fal lists what it took; an answer that is a picture was on the disk first.
        ("answered", "succeeded", 1),
        // Noted beside the database, and not in it.
        ("accepted", "succeeded", 1),
        ("running", "succeeded", 1),
        ("finished", "succeeded", 1),
        ("fetched", "succeeded", 1),
        ("fetching", "succeeded", 1),
        ("published", "succeeded", 1),
    ];

    public static TheoryData<string, string, int> OfClips => [.. Moments];

    public static TheoryData<string, string, string, int> OfStills =>
        [.. new[] { "OpenAI", "Gemini" }.SelectMany(v => Moments.Select(m => (v, m.Moment, m.End, m.Taken)))];

    [Theory]
    [MemberData(nameof(OfClips))]
    public async Task A_clip_is_paid_once_wherever_the_server_dies(string moment, string end, int taken)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await KillAtAsync(
            library,
            simulators,
            "Fal",
            moment,
            a => a.CallAsync("animate_image", new { image = photo, prompt = "slow push in", model = "kling-3", wait_seconds = 0 }));

        await using var second = await Assistant.StartAsync(library, simulators.Settings("Fal"));
        var job = await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        Assert.Equal(end, job.State);
        Assert.Equal(taken, (await simulators.TasksAsync()).Count);
        await HoldAsync(simulators, library, end, job);
        if (end == "unconfirmed")
        {
            job.ShouldBe("unconfirmed", "check_job", "fresh", "stays reserved");
            Assert.Equal("canceled", (await second.CallAsync("cancel_job", new { id = "job-1" })).State);
            Assert.Equal(0, LibraryAudit.Reserved(library));
            Assert.True(
                LibraryAudit.Settled(library) >= (await simulators.BillAsync()).Sum(b => b.Usd),
                "what may have been charged counts as spent");
        }
    }

    [Theory]
    [MemberData(nameof(OfStills))]
    public async Task A_still_is_paid_once_wherever_the_server_dies(string vendor, string moment, string end, int taken)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await KillAtAsync(
            library,
            simulators,
            vendor,
            moment,
            a => a.CallAsync("generate_still", new { prompt = "a copper kettle", wait_seconds = 0 }));

        await using var second = await Assistant.StartAsync(library, simulators.Settings(vendor));
        var job = await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        Assert.Equal(end, job.State);
        Assert.Equal(taken, (await simulators.TasksAsync()).Count);
        await HoldAsync(simulators, library, end, job);
        if (end == "succeeded")
        {
            await Eventually.IsSoAsync(
                () => !Directory.EnumerateFiles(Path.Combine(library.Home, ".answers")).Any(),
                "what was kept of the answer is gone");
        }
    }

    [Fact]
    public async Task What_a_safety_check_refused_is_not_sent_again_by_the_server_that_carries_on()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await simulators.FaultAsync("OpenAI", "task", "refuse");
        await KillAtAsync(
            library,
            simulators,
            "OpenAI",
            "refused",
            a => a.CallAsync("generate_still", new { prompt = "a copper kettle", wait_seconds = 0 }));

        await using var second = await Assistant.StartAsync(library, simulators.Settings("OpenAI"));
        var job = await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        job.ShouldBe("provider_refused", "safety", "Nothing was spent");
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task Asking_for_a_fresh_one_after_a_lost_answer_is_the_users_own_second_payment()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "submit", "lost");
        object call = new { image = photo, prompt = "slow push in", model = "gen-4.5" };

        var lost = (await assistant.CallAsync("animate_image", call)).ShouldBe("unconfirmed", "job-1", "runway", "check_job");
        var same = (await assistant.CallAsync("animate_image", call)).ShouldBe("unconfirmed");
        (await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 1 })).ShouldBe("unconfirmed");
        var fresh = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "slow push in", model = "gen-4.5", fresh = true })).ShouldSucceed();

        Assert.Equal(lost.Job, same.Job);
        Assert.NotEqual(lost.Job, fresh.Job);
        Assert.Equal(2, (await simulators.TasksAsync()).Count);
        Assert.Equal(0.6m, LibraryAudit.Reserved(library));
    }

    private static async Task KillAtAsync(
        TestLibrary library,
        SimulatedProviders simulators,
        string vendor,
        string moment,
        Func<Assistant, Task<ToolAnswer>> ask)
    {
        await using var first = await Assistant.StartAsync(library, [.. simulators.Settings(vendor), ("I2V__Jobs__PauseAt", moment)]);
        await ask(first);
        await Eventually.IsSoAsync(() => File.Exists(Path.Combine(library.Home, ".paused")), $"the job comes to {moment}");
        await first.KillAsync();
        Assert.DoesNotContain(SimulatedProviders.Key, await first.StandardErrorAsync(), StringComparison.Ordinal);
    }

    private static async Task HoldAsync(SimulatedProviders simulators, TestLibrary library, string end, ToolAnswer job)
    {
        var bill = (await simulators.BillAsync()).Sum(b => b.Usd);
        if (end == "succeeded")
        {
            Assert.Single(job.Assets);
            Assert.True(File.Exists(job.Path), "its file is there");
            Assert.Equal(bill, LibraryAudit.Settled(library));
            Assert.Equal(0, LibraryAudit.Reserved(library));
        }
        Assert.Empty(library.TemporaryFiles);
        Assert.Empty(LibraryAudit.LeaksOf(SimulatedProviders.Key, library, job.Text, job.Structured.ToJsonString()));
    }
}
