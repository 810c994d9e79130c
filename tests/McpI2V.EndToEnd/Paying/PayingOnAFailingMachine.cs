namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// The disk is full or the tools break just when a paid result comes: it is kept by name, and brought in when the machine is well again.
/// </summary>
public sealed class PayingOnAFailingMachine
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_disk_that_is_full_when_the_vendor_accepts_loses_nothing(bool dies)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary(onServer: false);
        var photo = await TestMedia.StillAsync(library);
        using var disk = await SmallDisk.MountAsync(library.Home, megabytes: 12);
        await using var first = await Assistant.StartAsync(library, [.. simulators.Settings("Runway"), ("I2V__Jobs__PauseAt", "sending")]);
        await first.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            () => File.Exists(Path.Combine(library.Home, ".paused")),
            "the request is about to leave");

        disk.Fill();
        File.Delete(Path.Combine(library.Home, ".paused"));
        await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 1, "the vendor took it");
        await Eventually.IsSoAsync(
            async () => (await first.CallAsync("check_job", new { id = "job-1" })).Text is var told
                && told.Contains("can't be written", StringComparison.Ordinal)
                && told.Contains("make room", StringComparison.Ordinal),
            "the one who asks is told what it waits for");
        if (dies)
        {
            await first.KillAsync();
        }
        disk.Empty();
        await using var second = dies ? await Assistant.StartAsync(library, simulators.Settings("Runway")) : null;
        var job = await (second ?? first).CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        Assert.Equal("succeeded", job.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task A_disk_without_room_for_an_answer_is_told_before_anything_is_paid()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary(onServer: false);
        using var disk = await SmallDisk.MountAsync(library.Home, megabytes: 3);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("OpenAI"));

        (await assistant.CallAsync(
            "generate_still",
            new { prompt = "a kettle", model = "openai:gpt-image-2.6-flare", wait_seconds = 60 }))
            .ShouldBe("storage_full", "no room", "Nothing was spent");

        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_disk_that_is_full_while_a_result_is_fetched_is_waited_for()
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 2);
        using var library = new TestLibrary(onServer: false);
        var photo = await TestMedia.StillAsync(library);
        using var disk = await SmallDisk.MountAsync(library.Home, megabytes: 12);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Runway"));
        await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(() => LibraryAudit.Jobs(library).Any(j => j.Remote is not null), "the vendor has it");

        disk.Fill();
        await Eventually.IsSoAsync(() => assistant.HasLogged("The disk is full"), "the server finds the disk full");
        var during = LibraryAudit.Jobs(library)[0].State;
        disk.Empty();
        var job = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 90 });

        Assert.Contains(during, new[] { "running", "fetching" });
        Assert.Equal("succeeded", job.State);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("kill -9 $$")]
    [InlineData("exit 3")]
    [InlineData("kill -SEGV $$")]
    public async Task A_probe_that_breaks_on_a_paid_result_is_tried_again(string how)
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 1);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        var broken = library.Input("broken");
        var probe = library.Input("ffprobe");
        await File.WriteAllTextAsync(probe, $"#!/bin/sh\nif [ -e '{broken}' ]; then {how}; fi\nexec ffprobe \"$@\"\n");
        await Shell.RunAsync("chmod", $"755 \"{probe}\"");
        await using var assistant = await Assistant.StartAsync(library, [.. simulators.Settings("Runway"), ("I2V__Media__Ffprobe", probe)]);
        await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
        await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 1, "the vendor has it");
        await File.WriteAllTextAsync(broken, "");

        await Eventually.IsSoAsync(
            async () => await assistant.CallAsync("check_job", new { id = "job-1" }) is { State: "fetching" } during
                && during.Text.Contains("fetched again", StringComparison.Ordinal),
            "it is said while it is fetched again");
        File.Delete(broken);
        var after = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 });

        Assert.Equal("succeeded", after.State);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("bad_base64")]
    [InlineData("one_bad_base64")]
    public async Task A_picture_that_can_not_be_decoded_ends_its_job_and_not_those_beside_it(string fate)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("OpenAI"));
        await simulators.FaultAsync("OpenAI", "task", fate);

        var job = await assistant.CallAsync(
            "generate_still",
            new { prompt = "a kettle", model = "openai:gpt-image-2.6-flare", count = 2, wait_seconds = 60 });

        Assert.Equal(fate == "bad_base64" ? "failed" : "succeeded", job.State);
        Assert.Contains("can't be decoded", job.Text, StringComparison.Ordinal);
        Assert.Equal(fate == "bad_base64" ? 0 : 1, library.MediaFiles.Count);
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }
}
