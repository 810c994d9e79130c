
namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// From the moment a paid request may have left, nothing that breaks here or on the way makes it free, pays it again or leaves it lying.
/// </summary>
public sealed class PayingWhenThingsBreak
{
    [Fact]
    public async Task A_library_that_is_locked_when_the_vendor_accepts_loses_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Fal"), ("I2V__Jobs__PauseAt", "sending")]);
        var asked = assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "slow push in", model = "kling-3", wait_seconds = 90 });
        await Eventually.IsSoAsync(
            () => File.Exists(Path.Combine(library.Home, ".paused")),
            "the request is about to leave");

        // A backup takes the whole database for longer than anybody waits for it.
        await using (var backup = LibraryAudit.Locked(library))
        {
            File.Delete(Path.Combine(library.Home, ".paused"));
            await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 1, "the vendor took it");
            await Eventually.IsSoAsync(() => assistant.HasLogged("could not be written yet"), "the server has given up waiting once");
        }
        // The call itself is answered with the clip, not with a database that was busy in between.
        var job = (await asked).ShouldSucceed();

        Assert.Equal("succeeded", job.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("Fal", "kling-3", "taken_503")]
    [InlineData("Runway", "gen-4.5", "taken_503")]
    [InlineData("Gemini", "omni-flash-1.2", "taken_503")]
    [InlineData("RunPod", "runpod:wan-2-1-i2v-720", "taken_503")]
    [InlineData("Luma", "luma:ray-3.2", "taken_502")]
    [InlineData("Luma", "luma:ray-3.2", "taken_503")]
    [InlineData("Replicate", "replicate:kwaivgi/kling-v3-video", "taken_502")]
    [InlineData("Replicate", "replicate:kwaivgi/kling-v3-video", "named_500")]
    [InlineData("Replicate", "replicate:kwaivgi/kling-v3-video", "typed_500")]
    [InlineData("Ark", "ark:dreamina-seedance-2-0-260128", "taken_503")]
    [InlineData("Ark", "ark:dreamina-seedance-2-0-260128", "typed_500")]
    [InlineData("Pika", "pika:kling/kling-v3/standard/image-to-video", "taken_503")]
    [InlineData("Pika", "pika:kling/kling-v3/standard/image-to-video", "named_500")]
    [InlineData("Pika", "pika:kling/kling-v3/standard/image-to-video", "typed_500")]
    [InlineData("Higgsfield", "higgsfield:kling-video/v3.0/std/image-to-video", "taken_503")]
    [InlineData("Higgsfield", "higgsfield:kling-video/v3.0/std/image-to-video", "named_500")]
    [InlineData("Higgsfield", "higgsfield:kling-video/v3.0/std/image-to-video", "typed_500")]
    [InlineData("ElevenLabs", "elevenlabs:veo-3.1-fast-generate-001", "taken_503")]
    [InlineData("Firefly", "firefly-video-1", "taken_503")]
    [InlineData("Firefly", "firefly-video-1", "named_500")]
    [InlineData("Vertex", "vertex:veo-3.1-fast-generate-001", "taken_503")]
    [InlineData("Vertex", "vertex:veo-3.1-fast-generate-001", "named_500")]
    [InlineData("Vidu", "vidu:viduq3-turbo", "taken_503")]
    [InlineData("Vidu", "vidu:viduq3-turbo", "lost")]
    [InlineData("Vidu", "vidu:viduq3-turbo", "typed_500")]
    [InlineData("Hedra", "hedra:kling-v3", "taken_502")]
    [InlineData("Hedra", "hedra:kling-v3", "lost")]
    [InlineData("Hedra", "hedra:kling-v3", "reset")]
    [InlineData("Hedra", "hedra:kling-v3", "typed_500")]
    [InlineData("Runway", "gen-4.5", "taken_502")]
    [InlineData("Runway", "gen-4.5", "taken_504")]
    [InlineData("Runway", "gen-4.5", "taken_520")]
    [InlineData("Fal", "kling-3", "typed_500")]
    [InlineData("RunPod", "runpod:wan-2-1-i2v-720", "typed_500")]
    [InlineData("Runway", "gen-4.5", "latin1")]
    [InlineData("Runway", "gen-4.5", "twice_named")]
    [InlineData("RunPod", "runpod:wan-2-1-i2v-720", "named_500")]
    [InlineData("Runway", "gen-4.5", "named_500")]
    [InlineData("Luma", "luma:ray-3.2", "named_500")]
    [InlineData("ElevenLabs", "elevenlabs:veo-3.1-fast-generate-001", "named_500")]
    [InlineData("Fal", "kling-3", "named_500")]
    [InlineData("Fal", "kling-3", "retry_nan")]
    [InlineData("Runway", "gen-4.5", "retry_minus")]
    public async Task An_answer_of_a_gateway_never_makes_a_request_be_sent_twice(string vendor, string model, string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 1080, height: 1920);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings(vendor));
        await simulators.FaultAsync(vendor, "submit", fault);

        var job = await assistant.CallAsync("animate_image", new { image = photo, prompt = "slow push in", model, wait_seconds = 40 });
        if (vendor == "Fal" && job.State == "unconfirmed")
        {
            // It lists what has ended: the job is found by itself.
            await Eventually.IsSoAsync(
                async () => (job = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 5 })).State == "succeeded",
                "the job is found");
        }

        // Where the answer names the task, or the vendor lists it or knows it by our key, it is found; elsewhere only the user sends it
        // again.
        var isFound = fault is "named_500" or "latin1" or "twice_named" or "retry_nan" or "retry_minus"
            || vendor is "Fal" or "Ark" or "Replicate" or "Pika" or "Higgsfield" or "Hedra" or "Vidu";
        Assert.Equal(isFound ? "succeeded" : "unconfirmed", job.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal(isFound ? (await simulators.BillAsync()).Sum(b => b.Usd) : 0, LibraryAudit.Settled(library));
        Assert.Equal(isFound, LibraryAudit.Reserved(library) == 0);
    }

    [Theory]
    [InlineData("status", "retry_nan")]
    [InlineData("status", "retry_minus")]
    [InlineData("status", "twice_named")]
    [InlineData("status", "latin1")]
    [InlineData("status", "deep_json")]
    [InlineData("download", "retry_nan")]
    public async Task What_a_vendor_answers_badly_is_a_fault_of_one_look_only(string step, string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", step, fault, times: 2);

        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 60 })).ShouldSucceed();

        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_task_that_the_vendor_does_not_know_for_a_while_is_asked_for_again()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "status", "404", times: 7);

        var during = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => (during = await assistant.CallAsync("check_job", new { id = "job-1" })).Text
                .Contains("does not know", StringComparison.Ordinal),
            "the user is told");
        var after = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 120 });

        Assert.Equal("running", during.State);
        Assert.Equal("succeeded", after.State);
        Assert.DoesNotContain("does not know", after.Text, StringComparison.Ordinal);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("wrong_type")]
    [InlineData("wrong_length")]
    [InlineData("404")]
    public async Task A_result_that_is_delivered_badly_is_fetched_again_and_said(string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "download", fault, times: 7);

        await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => await assistant.CallAsync("check_job", new { id = "job-1" }) is { State: "fetching" } during
                && during.Text.Contains("fetched again", StringComparison.Ordinal),
            "it is said while it is fetched again");
        var after = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 120 });

        Assert.Equal("succeeded", after.State);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_result_that_can_not_be_had_is_given_up_when_the_user_says_so_and_counts_as_spent()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "download", "500", times: 10_000);
        await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => (await assistant.CallAsync("check_job", new { id = "job-1" })).State == "fetching",
            "it is fetched in vain");

        var canceled = await assistant.CallAsync("cancel_job", new { id = "job-1" });

        Assert.Equal("canceled", canceled.State);
        Assert.Contains("was spent", canceled.Text, StringComparison.Ordinal);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_result_at_a_forbidden_address_ends_at_once_with_the_vendors_name_for_it()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "task", "forbidden_address");

        var failed = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 40 })).ShouldBe(
                "provider_failed",
                "private or reserved network",
                "was spent");

        Assert.Contains((await simulators.TasksAsync())[0]["id"]!.GetValue<string>(), failed.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bill_above_the_quote_is_told()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "task", "dear");

        var job = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 60 })).ShouldSucceed();

        Assert.Contains("runway charged $1.80, and $0.60 was expected", job.Text, StringComparison.Ordinal);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_bill_below_nothing_lifts_no_budget()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Runway"), ("I2V__Budget__DailyUsd", "1")]);
        await simulators.FaultAsync("Runway", "task", "credit");

        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 60 })).ShouldSucceed();

        Assert.Equal(0.6m, LibraryAudit.Settled(library));
        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "pan left", model = "gen-4.5", wait_seconds = 60 })).ShouldBe("over_budget");
    }

    [Theory]
    [InlineData("warnings = '{'")]
    [InlineData("attempts = 'x'")]
    [InlineData("route = 'x'")]
    [InlineData("outputs = '[', state = 'fetching'")]
    public async Task A_damaged_row_keeps_no_other_job_from_going_on(string damage)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using (var first = await Assistant.StartAsync(library, [.. simulators.Settings("Runway"), ("I2V__Jobs__PauseAt", "running")]))
        {
            await first.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
            await Eventually.IsSoAsync(
                () => LibraryAudit.Jobs(library).Any(j => j.Remote is not null),
                "the vendor has it");
            await first.KillAsync();
        }
        await using (var connection = LibraryAudit.Locked(library))
        {
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE jobs SET {damage} WHERE id = 1; COMMIT";
            await command.ExecuteNonQueryAsync();
        }
        await using var second = await Assistant.StartAsync(library, simulators.Settings("Runway"));

        (await second.CallAsync(
            "animate_image",
            new { image = photo, prompt = "pan left", model = "gen-4.5", wait_seconds = 60 })).ShouldSucceed();
        (await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 })).ShouldSucceed();

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_batch_counts_what_nobody_knows_apart_from_what_runs()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await simulators.FaultAsync("Runway", "submit", "lost");

        var batch = await assistant.CallAsync(
            "batch_variants",
            new { images = new[] { photo }, prompts = new[] { "push in", "pan left" }, models = new[] { "gen-4.5" }, wait_seconds = 60 });

        var counts = batch.Structured["batch"]!["counts"]!;
        Assert.Equal(
            (1, 1, 0),
            (counts["succeeded"]!.GetValue<int>(), counts["unconfirmed"]!.GetValue<int>(), counts["running"]!.GetValue<int>()));
        Assert.Contains("1 unconfirmed", batch.Text, StringComparison.Ordinal);
    }
}
