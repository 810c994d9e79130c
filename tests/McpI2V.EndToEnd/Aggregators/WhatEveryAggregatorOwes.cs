namespace McpI2V.EndToEnd.Aggregators;

/// <summary>What is told, and what it cost, at every one of them alike.</summary>
public sealed class WhatEveryAggregatorOwes
{
    private const string Kling = "replicate:kwaivgi/kling-v3-video";

    [Theory]
    [InlineData("Replicate", Kling, "erased", "provider_failed", "keeps results for an hour", 0.42)]
    [InlineData("Replicate", Kling, "empty", "provider_failed", "delivered nothing", 0.42)]
    [InlineData("Replicate", Kling, "refuse", "provider_refused", "Nothing was spent", 0)]
    [InlineData("Hedra", "hedra:kling-v3", "expired", "provider_failed", "has expired there", 0.42)]
    [InlineData("Hedra", "hedra:kling-v3", "empty", "provider_failed", "delivered nothing", 0.42)]
    [InlineData("Hedra", "hedra:kling-v3", "spoilt", "provider_failed", "This output failed", 0)]
    [InlineData("Hedra", "hedra:kling-v3", "refuse", "provider_refused", "Nothing was spent", 0)]
    [InlineData("Hedra", "hedra:kling-v3", "fail", "provider_failed", "Nothing was spent", 0)]
    [InlineData("Firefly", "firefly-video-1", "empty", "provider_failed", "delivered nothing", 0.5)]
    [InlineData("Firefly", "firefly-video-1", "refuse", "provider_refused", "check of content and rights", 0)]
    [InlineData("Vertex", "vertex:veo-3.1-lite-generate-001", "empty", "provider_failed", "delivered nothing", 0.12)]
    [InlineData("Vertex", "vertex:veo-3.1-lite-generate-001", "refuse", "provider_refused", "usage guidelines", 0)]
    [InlineData("HeyGen", "heygen-video-1", "empty", "provider_failed", "delivered nothing", 0.15)]
    [InlineData("HeyGen", "heygen-video-1", "refuse", "provider_refused", "Nothing was spent", 0)]
    [InlineData("HeyGen", "heygen-video-1", "fail", "provider_failed", "Nothing was spent", 0)]
    public async Task What_did_not_come_is_told_with_what_it_cost(
        string vendor,
        string model,
        string fate,
        string code,
        string words,
        double usd)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings(vendor));
        await simulators.FaultAsync(vendor, "task", fate);

        var answer = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises", model, wait_seconds = 60 });

        answer.ShouldBe(code, words);
        Assert.Equal((decimal)usd, (await simulators.BillAsync()).Sum(b => b.Usd));
        Assert.Equal((decimal)usd, LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Theory]
    [InlineData("Replicate", null, "replicate: reached, the key of simulated is accepted; any model there by replicate:owner/name")]
    [InlineData("Pika", null, "pika: reached, the key is accepted, $100.00 left; any operation of its catalogue by pika:<api_id>")]
    [InlineData(
        "Hedra",
        """{"balance":12.5}""",
        "hedra: reached, the key is accepted, $12.50 in the API wallet; talking pictures, and any model there by hedra:<id>")]
    [InlineData("HeyGen", null, "heygen: reached, the key is accepted, $25.50 in the wallet; talking pictures and HeyGen Video 1")]
    public async Task The_doctor_says_whose_key_it_is_what_is_left_and_what_it_unlocks(string vendor, string? change, string told)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        if (change is not null)
        {
            await simulators.ChangeAsync(vendor.ToLowerInvariant(), change);
        }

        var doctor = await Shell.RunAsync(
            Assistant.ProgramPath,
            "doctor",
            simulators.Settings(vendor).Append(("I2V_HOME", library.Home)).ToDictionary(s => s.Item1, s => s.Item2));

        Assert.Contains(told, doctor.Output, StringComparison.Ordinal);
    }
}
