namespace McpI2V.EndToEnd.Faults;

public sealed class KillingTheServer
{
    [Theory]
    [InlineData("queued")]
    [InlineData("submitting")]
    [InlineData("running")]
    [InlineData("fetching")]
    [InlineData("published")]
    public async Task A_killed_job_ends_well_and_once(string moment)
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        // Three jobs on two lanes and one for interactive work: with a pause at "submitting" a fourth stays queued.
        var pause = moment == "queued" ? "submitting" : moment;
        var jobs = moment == "queued" ? 5 : 1;
        await using (var first = await Assistant.StartAsync(library, ("I2V__Jobs__PauseAt", pause), ("I2V__Jobs__MaxRenders", "2")))
        {
            for (var i = 0; i < jobs; i++)
            {
                await first.CallAsync(
                    "animate_image",
                    new { image = photo, duration_seconds = 1, resolution = "480p", seed = i, wait_seconds = 0 });
            }
            var state = moment == "published" ? "fetching" : moment;
            await Eventually.IsSoAsync(
                async () => (await first.CallAsync("check_job", new { id = $"job-{jobs}" })).State == state,
                $"the job comes to {state}");
            await first.KillAsync();
        }

        await using var second = await Assistant.StartAsync(library);
        for (var i = 1; i <= jobs; i++)
        {
            var job = (await second.CallAsync("check_job", new { id = $"job-{i}", wait_seconds = 60 })).ShouldSucceed();
            Assert.Equal("succeeded", job.State);
            Assert.Single(job.Assets);
            Assert.True(File.Exists(job.Path), "its file is there");
        }

        Assert.Equal(jobs, library.MediaFiles.Count(f => f.EndsWith(".mp4", StringComparison.Ordinal)));
        Assert.Empty(library.TemporaryFiles);
    }

    [Fact]
    public async Task A_kill_in_the_middle_of_a_render_leaves_no_ffmpeg_and_no_file_behind()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 20, size: "720x1280");
        await using (var first = await Assistant.StartAsync(library))
        {
            var slow = new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 0 };
            await first.CallAsync("edit_clip", slow);
            await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");
            await first.KillAsync();
        }
        Assert.NotEmpty(Assistant.FfmpegIn(library));
        var orphan = Assistant.FfmpegIn(library)[0].Id;

        await using var second = await Assistant.StartAsync(library);
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).All(p => p.Id != orphan), "the orphan is ended");
        (await second.CallAsync("cancel_job", new { id = "job-1" })).ShouldSucceed();

        Assert.Equal("canceled", (await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 20 })).State);
        Assert.DoesNotContain(library.MediaFiles, f => f.Contains("speed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Closing_the_input_ends_the_server_and_its_ffmpeg_and_keeps_the_job()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 20, size: "720x1280");
        await using var first = await Assistant.StartAsync(library);
        await first.CallAsync(
            "edit_clip",
            new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 0 });
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");

        Assert.Equal(0, await first.CloseInputAsync());

        Assert.Empty(Assistant.FfmpegIn(library));
        Assert.Empty(library.TemporaryFiles);
        await using var second = await Assistant.StartAsync(library);
        await Eventually.IsSoAsync(
            async () => (await second.CallAsync("check_job", new { id = "job-1" })).State == "running",
            "the job is carried on");
        await second.CallAsync("cancel_job", new { id = "job-1" });
    }

    [Fact]
    public async Task The_second_server_takes_over_when_the_first_is_killed()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var first = await Assistant.StartAsync(library, ("I2V__Jobs__PauseAt", "running"));
        await first.CallAsync("animate_image", new { image = photo, duration_seconds = 1, resolution = "480p", wait_seconds = 0 });
        await Eventually.IsSoAsync(
            async () => (await first.CallAsync("check_job", new { id = "job-1" })).State == "running",
            "the first server runs the job");
        await using var second = await Assistant.StartAsync(library);
        Assert.Equal("running", (await second.CallAsync("check_job", new { id = "job-1" })).State);

        await first.KillAsync();

        Assert.Equal("succeeded", (await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 })).State);
    }
}
