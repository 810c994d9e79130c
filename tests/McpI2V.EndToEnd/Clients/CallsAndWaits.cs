namespace McpI2V.EndToEnd.Clients;

public sealed class CallsAndWaits
{
    private static object Slow(string clip) =>
        new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 60 };

    private static async Task<double> ProgressAsync(Assistant assistant) =>
        (await assistant.CallAsync("check_job", new { id = "job-1" })).Structured["job"]!["progress"]!.GetValue<double>();

    [Fact]
    public async Task Cancelling_a_call_leaves_its_job_at_work()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 15);
        await using var assistant = await Assistant.StartAsync(library);
        using var patience = new CancellationTokenSource();
        var call = assistant.CallAsync("edit_clip", Slow(clip), cancellationToken: patience.Token);
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        var before = await ProgressAsync(assistant);

        await Eventually.IsSoAsync(async () => await ProgressAsync(assistant) > before, "the job goes on");
        await assistant.CallAsync("cancel_job", new { id = "job-1" });
    }

    [Fact]
    public async Task Cancelling_a_job_ends_its_ffmpeg()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 15, size: "720x1280");
        await using var assistant = await Assistant.StartAsync(library);
        var call = assistant.CallAsync("edit_clip", Slow(clip));
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");

        (await assistant.CallAsync("cancel_job", new { id = "job-1" })).ShouldSucceed();

        Assert.Equal("canceled", (await call).State);
        Assert.Empty(Assistant.FfmpegIn(library));
        Assert.Empty(library.TemporaryFiles);
    }

    [Fact]
    public async Task What_somebody_waits_for_goes_before_a_batch()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        await assistant.CallAsync(
            "batch_variants",
            new { images = new[] { photo }, cameras = new[]
            {
                "push_in",
                "pan_left",
                "pan_right",
                "tilt_up",
                "tilt_down",
                "orbit_left",
                "orbit_right",
                "roll_left",
            }, duration_seconds = 4, resolution = "720p", wait_seconds = 0 });

        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, duration_seconds = 1, resolution = "480p", wait_seconds = 60 })).ShouldSucceed();

        var batch = await assistant.CallAsync("check_job", new { id = "batch-1" });
        Assert.True(batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>() < 8, "the batch is not over yet");
        await assistant.CallAsync("cancel_job", new { id = "batch-1" });
    }

    [Fact]
    public async Task Work_that_outlives_the_wait_answers_with_its_job_and_no_error()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 15, size: "720x1280");
        await using var assistant = await Assistant.StartAsync(library);

        var answer = await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 1 });

        answer.ShouldSucceed();
        Assert.Contains(answer.State, new[] { "queued", "submitting", "running" });
        Assert.Contains("check_job job-1", answer.Text, StringComparison.Ordinal);
        await assistant.CallAsync("cancel_job", new { id = "job-1" });
    }

    [Fact]
    public async Task Advice_comes_with_the_answer_and_blocks_nothing()
    {
        using var library = new TestLibrary();
        var small = await TestMedia.StillAsync(library, "small.jpg", 300, 200);
        await using var assistant = await Assistant.StartAsync(library);

        var plan = (await assistant.CallAsync(
            "animate_image",
            new
            {
                image = small,
                prompt = "push in, the bottle turns into a butterfly while a crowd cheers",
                aspect_ratio = "9:16",
                dry_run = true,
            })).ShouldSucceed();

        Assert.Contains(plan.Warnings, w => w.Contains("enlarged", StringComparison.Ordinal));
        Assert.Contains(plan.Warnings, w => w.Contains("falls outside", StringComparison.Ordinal));
        Assert.StartsWith("push in, 9:16; not acted on: \"the bottle turns into a butterfly", plan.Text, StringComparison.Ordinal);
        // The free camera reads no prompt: what a model would make of these words is not its matter.
        Assert.DoesNotContain(plan.Warnings, w => w.Contains("changes the state", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(2, false)]
    public async Task A_heavily_compressed_photo_is_told_whatever_it_shows(int scale, bool told)
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync($"-f lavfi -i testsrc2=s=1350x2400 -frames:v 1 -q:v {scale} \"{library.Input("x.jpg")}\"");
        await using var assistant = await Assistant.StartAsync(library);

        var plan = (await assistant.CallAsync(
            "animate_image",
            new { image = library.Input("x.jpg"), camera = "push_in", dry_run = true })).ShouldSucceed();

        Assert.Equal(told, plan.Warnings.Any(w => w.Contains("compressed", StringComparison.Ordinal)));
    }
}
