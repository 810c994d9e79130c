namespace McpI2V.EndToEnd.Faults;

public sealed class TwoServers
{
    [Fact]
    public async Task Twenty_jobs_from_each_all_succeed_and_none_is_rendered_twice()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, width: 480, height: 854);
        await using var first = await Assistant.StartAsync(library);
        await using var second = await Assistant.StartAsync(library);

        async Task Ask(Assistant assistant, int seed) =>
            (await assistant.CallAsync(
                "animate_image",
                new
                {
                    image = photo,
                    camera = new { move = "push_in" },
                    duration_seconds = 1,
                    resolution = "480p",
                    quality = "draft",
                    seed,
                    wait_seconds = 0,
                })).ShouldSucceed();

        await Task.WhenAll(Enumerable.Range(0, 20).SelectMany(i => new[] { Ask(first, i), Ask(second, 1000 + i) }));

        HashSet<string> handles = [];
        for (var i = 1; i <= 40; i++)
        {
            var job = (await (i % 2 == 0 ? first : second).CallAsync(
                "check_job",
                new { id = $"job-{i}", wait_seconds = 120 })).ShouldSucceed();
            Assert.Equal("succeeded", job.State);
            Assert.Single(job.Structured["job"]!["attempts"]!.AsArray());
            Assert.True(handles.Add(job.Handle), $"{job.Handle} was made twice");
        }
        Assert.Equal(40, library.MediaFiles.Count(f => f.EndsWith(".mp4", StringComparison.Ordinal)));
        Assert.Empty(library.TemporaryFiles);
    }

    [Fact]
    public async Task The_same_call_through_both_is_one_job()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var first = await Assistant.StartAsync(library);
        await using var second = await Assistant.StartAsync(library);
        var call = new { image = photo, camera = new { move = "push_in" }, duration_seconds = 1, resolution = "480p" };

        var answers = await Task.WhenAll(
            first.CallAsync("animate_image", call),
            first.CallAsync("animate_image", call),
            second.CallAsync("animate_image", call),
            second.CallAsync("animate_image", call));

        Assert.Single(answers.Select(a => a.ShouldSucceed().Job).Distinct());
        Assert.Equal(3, answers.Count(a => a.Structured["job"]!["repeated"] is not null));
        Assert.Equal(
            "job-2",
            (await first.CallAsync(
                "animate_image",
                new { image = photo, camera = new { move = "push_in" }, duration_seconds = 1, resolution = "480p", fresh = true })).Job);
        Assert.Equal(
            "job-3",
            (await first.CallAsync(
                "animate_image",
                new { image = photo, camera = new { move = "push_in" }, duration_seconds = 1, resolution = "480p", seed = 5 })).Job);
    }
}
