using System.Globalization;

namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// Several clients on one library: each vendor's jobs are done with the key they were asked for with, whoever is open, asleep or gone.
/// </summary>
public sealed class ClientsWithTheirOwnKeys
{
    private const string OtherKey = "another-account-4b5c6d7e8f";

    [Fact]
    public async Task A_job_is_never_done_by_a_client_without_its_key()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var keyless = await Assistant.StartAsync(library);
        // The one without a key is there first, and would run everything.
        await keyless.CallAsync(
            "animate_image",
            new { image = photo, camera = new { move = "push_in" }, duration_seconds = 1, resolution = "480p" });
        ToolAnswer waiting;
        await using (var owner = await Assistant.StartAsync(library, simulators.Settings("Fal")))
        {
            (await owner.CallAsync(
                "animate_image",
                new { image = photo, prompt = "push in", model = "kling-3", wait_seconds = 60 })).ShouldSucceed();
        }
        await using (var owner = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("I2V__Jobs__PauseAt", "submitting")]))
        {
            await owner.CallAsync("animate_image", new { image = photo, prompt = "pan left", model = "kling-3", wait_seconds = 0 });
            await Eventually.IsSoAsync(() => File.Exists(Path.Combine(library.Home, ".paused")), "it is about to be sent");
            await owner.KillAsync();
        }

        waiting = await keyless.CallAsync("check_job", new { id = "job-3", wait_seconds = 3 });
        await using var another = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("FAL_KEY", OtherKey)]);
        var waitsStill = await another.CallAsync("check_job", new { id = "job-3", wait_seconds = 3 });
        await using var back = await Assistant.StartAsync(library, simulators.Settings("Fal"));
        var done = await keyless.CallAsync("check_job", new { id = "job-3", wait_seconds = 60 });

        Assert.Contains("FAL_KEY", waiting.Text, StringComparison.Ordinal);
        Assert.Contains("it waits", waiting.Text, StringComparison.Ordinal);
        Assert.Contains("another FAL_KEY", waitsStill.Text, StringComparison.Ordinal);
        Assert.NotEqual("failed", waitsStill.State);
        Assert.Equal("succeeded", done.State);
        Assert.Equal(2, (await simulators.TasksAsync()).Count);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Empty(LibraryAudit.LeaksOf(OtherKey, library, waiting.Text, waitsStill.Text));
    }

    [Fact]
    public async Task A_job_that_waits_for_a_key_can_be_given_up_for_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using (var owner = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Fal"), ("I2V__Providers__Fal__MaxConcurrent", "1"), ("I2V__Jobs__PauseAt", "submitting")]))
        {
            await owner.CallAsync(
                "batch_variants",
                new
                {
                    images = new[] { photo },
                    prompts = new[] { "push in", "pan left" },
                    models = new[] { "kling-3" },
                    wait_seconds = 0,
                });
            await owner.KillAsync();
        }
        await using var keyless = await Assistant.StartAsync(library);

        var canceled = await keyless.CallAsync("cancel_job", new { id = "batch-1" });

        Assert.Equal(2, canceled.Structured["batch"]!["counts"]!["canceled"]!.GetValue<int>());
        Assert.Equal(0, LibraryAudit.Settled(library) + LibraryAudit.Reserved(library));
        Assert.Empty(await simulators.TasksAsync());
    }

    [Fact]
    public async Task A_job_at_the_vendor_is_carried_on_with_the_new_key_of_the_same_account()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await KillAtRunningAsync(simulators, library, photo);
        await simulators.SetAsync(new { key = OtherKey });
        await using var renewed = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("FAL_KEY", OtherKey)]);

        var job = await renewed.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        Assert.Equal("succeeded", job.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_job_at_the_vendor_whose_key_is_gone_can_be_given_up_and_counts_as_spent()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await KillAtRunningAsync(simulators, library, photo);
        await using var keyless = await Assistant.StartAsync(library);

        var waiting = await keyless.CallAsync("check_job", new { id = "job-1", wait_seconds = 1 });
        var canceled = await keyless.CallAsync("cancel_job", new { id = "job-1" });

        Assert.Contains("FAL_KEY", waiting.Text, StringComparison.Ordinal);
        Assert.Equal("canceled", canceled.State);
        Assert.Contains("counts as spent", canceled.Text, StringComparison.Ordinal);
        Assert.True(LibraryAudit.Settled(library) >= (await simulators.BillAsync()).Sum(b => b.Usd));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_server_that_was_stopped_in_its_sleep_holds_nobodys_jobs()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var asleep = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        (await asleep.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 60 })).ShouldSucceed();
        await asleep.CallAsync("animate_image", new { image = photo, prompt = "pan left", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => (await asleep.CallAsync("check_job", new { id = "job-2" })).State == "running",
            "the second is at the vendor and its row says so");
        await asleep.SignalAsync("STOP");
        await using var awake = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await awake.CallAsync(
            "animate_image",
            new
            {
                image = photo,
                model = "local-camera",
                camera = new { move = "push_in" },
                duration_seconds = 1,
                resolution = "480p",
                wait_seconds = 0,
            });

        var paid = await awake.CallAsync("check_job", new { id = "job-2", wait_seconds = 90 });
        var free = await awake.CallAsync("check_job", new { id = "job-3", wait_seconds = 30 });
        await asleep.SignalAsync("CONT");
        (await awake.CallAsync(
            "animate_image",
            new { image = photo, prompt = "tilt up", model = "gen-4.5", wait_seconds = 60 })).ShouldSucceed();

        Assert.Equal(("succeeded", "succeeded"), (paid.State, free.State));
        Assert.Equal(3, (await simulators.TasksAsync()).Count);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_key_that_is_revoked_in_the_middle_of_a_batch_fails_nothing_that_waits()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 0.5);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Fal"), ("I2V__Providers__Fal__MaxConcurrent", "4")]);
        await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { photo },
                prompts = Enumerable.Range(0, 20).Select(i => $"push in {i}").ToArray(),
                takes = 2,
                models = new[] { "kling-3" },
                wait_seconds = 0,
            });
        await Eventually.IsSoAsync(async () => (await simulators.BillAsync()).Count >= 8, "some are made");

        // What is at the vendor is done, the next ones are refused.
        await simulators.FaultAsync("Fal", "submit", "401", times: 100_000);
        ToolAnswer? during = null;
        await Eventually.IsSoAsync(
            async () => (during = await assistant.CallAsync("check_job", new { id = "batch-1" })).Text is var told
                && told.Contains("waits for the key", StringComparison.Ordinal)
                && told.Contains("FAL_KEY", StringComparison.Ordinal),
            "the batch says what it waits for");
        await simulators.ClearFaultsAsync();
        var after = await assistant.CallAsync("check_job", new { id = "batch-1", wait_seconds = 120 });

        Assert.Equal(0, during!.Structured["batch"]!["counts"]!["failed"]!.GetValue<int>());
        Assert.Equal(40, after.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(40, (await simulators.TasksAsync()).Count);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_vendor_is_never_looked_at_sooner_than_it_allows_whatever_fails()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 3);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Runway"), ("I2V__Providers__Runway__PollSeconds", "1")]);
        await simulators.FaultAsync("Runway", "status", "html", times: 2);
        await simulators.FaultAsync("Runway", "status", "deep_json", times: 1);
        await simulators.FaultAsync("Runway", "download", "404", times: 3);

        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 90 })).ShouldSucceed();

        var shortest = (await simulators.SeenAsync())["shortest"]?["runway status"]?.GetValue<double>() ?? double.NaN;
        Assert.True(
            shortest >= 0.99,
            string.Create(CultureInfo.InvariantCulture, $"it was looked at after {shortest} s, and 1 s is the least"));
    }

    private static async Task KillAtRunningAsync(SimulatedProviders simulators, TestLibrary library, string photo)
    {
        await using var owner = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("I2V__Jobs__PauseAt", "running")]);
        await owner.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "kling-3", wait_seconds = 0 });
        await Eventually.IsSoAsync(() => File.Exists(Path.Combine(library.Home, ".paused")), "it is at the vendor");
        await owner.KillAsync();
    }
}
