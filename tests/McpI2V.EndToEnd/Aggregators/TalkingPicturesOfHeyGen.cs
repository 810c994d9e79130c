namespace McpI2V.EndToEnd.Aggregators;

/// <summary>HeyGen: pictures that speak, its model for clips, and what is found again after an answer was lost.</summary>
public sealed class TalkingPicturesOfHeyGen
{
    [Fact]
    public async Task A_portrait_speaks_as_long_as_the_voice_and_is_settled_by_its_own_length()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0);
        using var library = new TestLibrary();
        var (photo, voice) = (await TestMedia.StillAsync(library), await TestMedia.SoundAsync(library));
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("HeyGen"));

        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "she nods", audio = voice, model = "HeyGen Avatar 4", wait_seconds = 100 })).ShouldSucceed();

        Assert.Equal("heygen:image", clip.Assets[0]!["model"]!.GetValue<string>());
        var line = Assert.Single(await simulators.BillAsync());
        var seconds = clip.Assets[0]!["duration_seconds"]!.GetValue<double>();
        Assert.InRange((double)line.Usd, (seconds - 0.1) * 0.05, (seconds + 0.1) * 0.05);
        Assert.Equal(line.Usd, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("heygen:heygen-video-1", "lost")]
    [InlineData("heygen:heygen-video-1", "reset")]
    [InlineData("heygen:image", "lost")]
    [InlineData("heygen:image", "taken_503")]
    public async Task What_was_taken_and_not_answered_is_found_and_paid_once(string model, string fault)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var (photo, voice) = (await TestMedia.StillAsync(library), await TestMedia.SoundAsync(library));
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("HeyGen"));
        await simulators.FaultAsync("HeyGen", "submit", fault);

        var audio = model == "heygen:image" ? voice : null;
        (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "she nods", audio, model, wait_seconds = 100 })).ShouldSucceed();

        Assert.Single(await simulators.TasksAsync());
        Assert.Equal(Assert.Single(await simulators.BillAsync()).Usd, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }
}
