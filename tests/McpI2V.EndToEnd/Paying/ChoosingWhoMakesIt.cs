namespace McpI2V.EndToEnd.Paying;

/// <summary>What is asked of a generative model goes to one: mended where something is in the way, elsewhere where one is out.</summary>
public sealed class ChoosingWhoMakesIt
{
    [Fact]
    public async Task A_ratio_a_length_or_a_look_in_the_way_is_mended_and_never_makes_a_camera_move()
    {
        await using var simulators = await SimulatedProviders.StartAsync(shortSide: 480);
        using var library = new TestLibrary();
        var wide = await TestMedia.StillAsync(library, "wide.jpg", 1200, 800);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings());
        async Task<ToolAnswer> Animate(object more) =>
            (await assistant.CallAsync("animate_image", Merged(new { image = wide, prompt = "Steam rises" }, more))).ShouldSucceed();

        var tall = await Animate(new { aspect_ratio = "9:16", wait_seconds = 120 });
        Assert.Contains("it is extended first by", tall.Text, StringComparison.Ordinal);
        Assert.NotEqual("local", tall.Structured["job"]!["provider"]!.GetValue<string>());
        var parent = (await assistant.CallAsync("find_assets", new { handle = tall.Assets[0]!["parent"]!.GetValue<string>() }))
            .ShouldSucceed();
        Assert.Equal("still-1", parent.Assets[0]!["parent"]!.GetValue<string>());

        var named = await Animate(new { aspect_ratio = "9:16", model = "Runway Gen 4.5", quality = "draft", wait_seconds = 120 });
        Assert.Contains("blurred edges", named.Text, StringComparison.Ordinal);
        Assert.Contains("Runway Gen 4.5 is gen-4.5 (runway)", named.Text, StringComparison.Ordinal);

        var planned = await Animate(new { aspect_ratio = "9:16", duration_seconds = 40, audio = "native", dry_run = true });
        Assert.Contains("duration_seconds is 40", planned.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("local:camera", planned.Text, StringComparison.Ordinal);

        var batch = (await assistant.CallAsync(
            "batch_variants",
            new
            {
                images = new[] { wide },
                prompts = new[] { "Steam rises" },
                aspect_ratios = new[] { "9:16", "4:5" },
                wait_seconds = 120,
            })).ShouldSucceed();
        Assert.Equal(2, batch.Assets.Count);
        Assert.All(batch.Assets, a => Assert.DoesNotContain("local", a!["model"]!.GetValue<string>(), StringComparison.Ordinal));

        var still = (await assistant.CallAsync(
            "generate_still",
            new { prompt = "the cup on marble", from = new[] { wide }, options = new { look = "warm" }, wait_seconds = 120 }))
            .ShouldSucceed();
        Assert.Contains("laid over the generated still", still.Text, StringComparison.Ordinal);
        Assert.True(still.Structured["job"]!["cost_usd"]!.GetValue<decimal>() > 0, still.Text);

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_refused_key_is_told_and_the_next_provider_takes_over()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings(), (SimulatedProviders.KeyOf("Fal"), "wrong-key-123456789"), ("I2V__Routes__Order", "fal")]);

        ToolAnswer[] made =
        [
            await assistant.CallAsync("animate_image", new { image = photo, prompt = "Steam rises", wait_seconds = 120 }),
            await assistant.CallAsync("generate_still", new { prompt = "a cup on marble", wait_seconds = 120 }),
            await assistant.CallAsync(
                "edit_clip",
                new { clip = await TestMedia.ClipAsync(library, seconds: 4), instruction = "make it snow", wait_seconds = 120 }),
        ];

        Assert.All(made, m =>
        {
            m.ShouldSucceed();
            Assert.Contains("fal does not accept the key", m.Text, StringComparison.Ordinal);
            Assert.Contains("FAL_KEY", m.Text, StringComparison.Ordinal);
        });
        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_host_that_nobody_reaches_is_one_attempt()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            [.. simulators.Settings("Fal", "Gemini"), ("I2V__Providers__Fal__BaseUrl", "http://127.0.0.1:1")]);

        var elsewhere = (await assistant.CallAsync("animate_image", new { image = photo, prompt = "Steam rises", wait_seconds = 120 }))
            .ShouldSucceed();
        var waits = await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "Leaves fall", model = "kling-3", wait_seconds = 20 });

        Assert.Equal(
            [("fal", "failed"), ("gemini", "succeeded")],
            elsewhere.Structured["job"]!["attempts"]!.AsArray()
                .Select(a => (a!["provider"]!.GetValue<string>(), a["outcome"]!.GetValue<string>())));
        Assert.Contains("fal could not be reached", elsewhere.Text, StringComparison.Ordinal);
        Assert.Equal("submitting", waits.State);
        Assert.Contains("fal could not be reached", waits.Text, StringComparison.Ordinal);
        (await assistant.CallAsync("cancel_job", new { id = waits.Job })).ShouldSucceed();
    }

    private static Dictionary<string, object?> Merged(object one, object other) => new[] { one, other }
        .SelectMany(o => System.Text.Json.JsonSerializer.SerializeToElement(o).EnumerateObject())
        .ToDictionary(p => p.Name, p => (object?)p.Value);
}
