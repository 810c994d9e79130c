namespace McpI2V.EndToEnd.Aggregators;

/// <summary>Pika's own model and others' through it: by names, by ids that no catalogue has, at the price of its catalogue.</summary>
public sealed class AnyOperationAtPika
{
    private const string Own = "pika:pika/pika-2.5/image-to-video";

    [Fact]
    public async Task One_is_used_by_its_id_at_the_price_that_the_catalogue_tells()
    {
        await using var simulators = await SimulatedProviders.StartAsync(shortSide: 240);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));

        var clip = (await assistant.CallAsync("animate_image", Ask(photo, "pika:acme/dream/image-to-video", 4))).ShouldSucceed();

        Assert.Contains("options: mood", clip.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("guess", clip.Text, StringComparison.Ordinal);
        Assert.Equal(0.08m, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal(0.08m, LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("pika:acme/no-call/text-to-image", "unsupported_by_model", "tells no way to call it")]
    [InlineData("pika:pika/pika-2.5/text-to-video", "unsupported_by_model", "made of a still")]
    [InlineData("pika:acme/nothing/image-to-video", "invalid_argument", "not in the catalogue")]
    public async Task One_that_can_t_be_asked_for_is_told_before_anything_is_made(string model, string code, string words)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));

        (await assistant.CallAsync("animate_image", Ask(photo, model, 5))).ShouldBe(code, words, "Nothing was spent");

        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task A_price_that_is_not_understood_is_a_guess_and_said_so()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));

        var plan = await assistant.CallAsync(
            "animate_image",
            new
            {
                image = photo,
                prompt = "steam rises",
                model = "pika:acme/odd-price/image-to-video",
                duration_seconds = 4,
                dry_run = true,
            });

        plan.ShouldSucceed();
        Assert.Contains("the price is a guess", plan.Text, StringComparison.Ordinal);
        Assert.Contains("$1.60", plan.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_became_dearer_is_not_sent_and_what_became_cheaper_is_settled_so()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await simulators.ChangeAsync("pika/pika/pika-2.5/image-to-video", """{"factor":2}""");
        await simulators.ChangeAsync("pika/minimax/h3/image-to-video", """{"factor":0.5}""");
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));

        (await assistant.CallAsync("animate_image", Ask(photo, Own, 5))).ShouldBe(
            "over_budget",
            "pika asks $0.40 for this now, and $0.20 was told",
            "Nothing was spent");
        Assert.Empty(await simulators.TasksAsync());
        Assert.DoesNotContain(
            (await simulators.SeenAsync())["requests"]!.AsObject(),
            s => s.Key.EndsWith(" upload", StringComparison.Ordinal));
        (await assistant.CallAsync("animate_image", Ask(photo, "pika:minimax/h3/image-to-video", 4))).ShouldSucceed();

        Assert.Equal(0.16m, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal(0.16m, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task An_operation_whose_inputs_changed_is_asked_for_by_their_new_names_where_the_row_names_none()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await simulators.ChangeAsync("pika/kling/kling-v3/standard/image-to-video", """{"rename":{"image":"start_image"}}""");
        await simulators.ChangeAsync("pika/pika/pika-2.5/image-to-video", """{"rename":{"image":"start_image"}}""");
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));

        (await assistant.CallAsync("animate_image", Ask(photo, "Kling 3.0", 5))).ShouldSucceed();
        (await assistant.CallAsync("animate_image", Ask(photo, Own, 5))).ShouldBe(
            "unsupported_by_model",
            "no input image; it has",
            "Nothing was spent");

        Assert.Equal((await simulators.BillAsync()).Sum(b => b.Usd), LibraryAudit.Settled(library));
    }

    [Theory]
    [InlineData("rate_limited")]
    [InlineData("provider_unavailable")]
    public async Task A_job_that_had_failed_when_it_was_answered_is_asked_for_again_under_a_new_key(string code)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));
        await simulators.FaultAsync("Pika", "admission", code, times: 2);

        (await assistant.CallAsync("animate_image", Ask(photo, Own, 5))).ShouldSucceed();

        Assert.Single(await simulators.TasksAsync());
        Assert.Equal(0.2m, LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task An_account_without_funds_is_told_and_nothing_stays_reserved()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));
        await simulators.FaultAsync("Pika", "admission", "insufficient_balance");

        (await assistant.CallAsync("animate_image", Ask(photo, Own, 5))).ShouldBe("provider_auth", "Add funds", "Nothing was spent");

        Assert.Equal(0, LibraryAudit.Reserved(library) + LibraryAudit.Settled(library));
    }

    [Fact]
    public async Task Frames_go_from_a_first_to_a_last_one_in_as_many_seconds_as_wanted()
    {
        await using var simulators = await SimulatedProviders.StartAsync(longestSeconds: 0, shortSide: 240);
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Pika"));

        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, end_image = photo, prompt = "steam rises", model = "Pikaframes", duration_seconds = 3 })).ShouldSucceed();

        Assert.Equal(0.12m, Assert.Single(await simulators.BillAsync()).Usd);
        Assert.Equal(3, clip.Assets[0]!["duration_seconds"]!.GetValue<double>(), 0.1);
    }

    private static object Ask(string photo, string model, double seconds) =>
        new { image = photo, prompt = "steam rises", model, duration_seconds = seconds, resolution = "720p", wait_seconds = 100 };
}
