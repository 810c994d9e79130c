using System.Diagnostics;

namespace McpI2V.EndToEnd.Paying;

/// <summary>
/// A client quits as clients do: it closes our input, waits two seconds, says SIGTERM, waits two more, kills. What was sent is paid, and is
/// kept.
/// </summary>
public sealed class LeavingWhileAnAnswerIsOnItsWay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    [Theory]
    [InlineData("OpenAI", "openai:gpt-image-2.6-flare")]
    [InlineData("Gemini", "nano-banana-2.1")]
    public async Task A_still_that_takes_eight_seconds_is_there_when_the_next_client_opens(string vendor, string model)
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 8);
        using var library = new TestLibrary();
        await using (var first = await Assistant.StartAsync(library, simulators.Settings(vendor)))
        {
            await first.CallAsync("generate_still", new { prompt = "a copper kettle", model, wait_seconds = 0 });
            await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 1, "the vendor has it");
            await first.QuitAsync(Patience);
        }
        await using var second = await Assistant.StartAsync(library, simulators.Settings(vendor));

        var job = (await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 })).ShouldSucceed();

        Assert.Equal("succeeded", job.State);
        Assert.Single(await simulators.TasksAsync());
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("TERM")]
    [InlineData("HUP")]
    [InlineData("INT")]
    public async Task A_signal_does_not_cut_off_the_answer_to_a_paid_request(string signal)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await simulators.FaultAsync("Runway", "submit", "slow_answer");
        await using (var first = await Assistant.StartAsync(library, simulators.Settings("Runway")))
        {
            await first.CallAsync("animate_image", new { image = photo, prompt = "push in", model = "gen-4.5", wait_seconds = 0 });
            await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == 1, "the vendor has it");
            await Shell.RunAsync("kill", $"-{signal} {first.ProcessId}");
            await first.ExitAsync();
        }
        Assert.All(LibraryAudit.Jobs(library), j => Assert.NotNull(j.Remote));
        await using var second = await Assistant.StartAsync(library, simulators.Settings("Runway"));

        (await second.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 })).ShouldSucceed();

        Assert.Single(await simulators.TasksAsync());
    }

    [Fact]
    public async Task A_client_that_goes_while_a_call_waits_leaves_nothing_running()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 1080, height: 1920);
        await using var assistant = await Assistant.StartAsync(library);
        var call = assistant.CallAsync(
            "animate_image",
            new { image = photo, camera = new { move = "push_in" }, duration_seconds = 60, resolution = "1080p", wait_seconds = 300 });
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");

        var started = Stopwatch.GetTimestamp();
        await assistant.CloseInputAsync();

        Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(15), "the wait of the call keeps the server");
        Assert.Empty(Assistant.FfmpegIn(library));
        await Assert.ThrowsAnyAsync<Exception>(() => call);
    }
}
