
namespace McpI2V.EndToEnd.Editing;

/// <summary>What was made before can be undone, changed by its number, and made again with other words, in one call each.</summary>
public sealed class ChangingWhatIsThere
{
    [Fact]
    public async Task A_title_is_replaced_taken_out_and_undone_by_one_call_each()
    {
        using var library = new TestLibrary();
        var source = await TestMedia.ClipAsync(library, seconds: 2, size: "240x426");
        await using var assistant = await Assistant.StartAsync(library);
        async Task<ToolAnswer> Edit(object call) => (await assistant.CallAsync("edit_clip", call)).ShouldSucceed();

        var cut = await Edit(new { clip = source, operations = new[] { new { op = "trim", end_seconds = 1.5 } } });
        var titled = await Edit(new { clip = cut.Handle, operations = new[] { new { op = "text", text = "Glow", position = "top" } } });
        var faded = await Edit(new { clip = titled.Handle, operations = new[] { new { op = "fade", out_seconds = 0.5 } } });
        var again = await Edit(new { clip = faded.Handle, operations = new[] { new { op = "text", text = "Hola", position = "top" } } });
        var bare = await Edit(new { clip = again.Handle, remove = new[] { 2 } });
        var moved = await Edit(new
        {
            clip = again.Handle,
            replace = new { step = 2, operation = new { end_seconds = -0.5 } },
            move = new { step = 3, to = 1 },
        });
        var none = await Edit(new { clip = bare.Handle, remove = new[] { 1, 2 } });
        var told = await assistant.CallAsync("find_assets", new { handle = again.Handle });

        Assert.Contains("recipe: 1 trim 0-1.5 s; 2 text \"Glow\" top", titled.Text, StringComparison.Ordinal);
        Assert.Contains($"go on from {cut.Handle}", titled.Text, StringComparison.Ordinal);
        Assert.Contains("recipe: 1 trim 0-1.5 s; 2 text \"Hola\" top; 3 fade out 0.5 s", again.Text, StringComparison.Ordinal);
        Assert.Contains("takes the place of text \"Glow\" top", again.Text, StringComparison.Ordinal);
        Assert.Contains(
            $"before: {faded.Handle} (1 trim 0-1.5 s; 2 text \"Glow\" top; 3 fade out 0.5 s), before that {titled.Handle}",
            again.Text,
            StringComparison.Ordinal);
        Assert.Contains("recipe: 1 trim 0-1.5 s; 2 fade out 0.5 s", bare.Text, StringComparison.Ordinal);
        Assert.Contains("recipe: 1 fade out 0.5 s; 2 trim 0-1.5 s; 3 text \"Hola\" top from 0 s to 0.5 s before the end", moved.Text,
            StringComparison.Ordinal);
        Assert.Equal(again.Handle, moved.Assets[0]!["before"]!.GetValue<string>());
        Assert.Equal("clip-1", none.Handle);
        Assert.Contains("nothing had to be rendered", none.Text, StringComparison.Ordinal);
        Assert.Contains("before: ", told.Text, StringComparison.Ordinal);
        Assert.Equal(faded.Handle, told.Assets[0]!["before"]!.GetValue<string>());
        (await assistant.CallAsync("edit_clip", new { clip = bare.Handle, remove = new[] { 5 } })).ShouldBe(
            "invalid_argument",
            "remove is 5",
            "1 trim 0-1.5 s; 2 fade out 0.5 s");
    }

    [Fact]
    public async Task Posts_and_ratios_have_their_pixels_from_every_source()
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library);
        var odd = await TestMedia.ClipAsync(library, "odd.mp4", seconds: 0.5, sound: false, size: "718x1278");
        var lying = await TestMedia.ClipAsync(library, "lying.mp4", seconds: 0.5, size: "640x360");
        var upright = library.Input("phone.mp4");
        await Shell.FfmpegAsync($"-i \"{lying}\" -c copy -metadata:s:v:0 rotate=90 \"{upright}\"");

        var posts = (await assistant.CallAsync(
            "export_clip",
            new
            {
                clip = await TestMedia.ClipAsync(library, "serum 9x16.mp4", seconds: 0.5, size: "480x854"),
                platforms = new[] { "tiktok", "meta_feed", "linkedin", "youtube" },
                wait_seconds = 200,
            })).ShouldSucceed();
        var small = (await assistant.CallAsync("export_clip", new { clip = odd, platforms = new[] { "reels" } })).ShouldSucceed();
        var turned = (await assistant.CallAsync("export_clip", new { clip = upright, platforms = new[] { "shorts" } })).ShouldSucceed();
        var wide = (await assistant.CallAsync("edit_clip", new
        {
            clip = odd,
            operations = new object[] { new { op = "reframe", aspect_ratio = "16:9", mode = "blur" }, new { op = "scale" } },
        })).ShouldSucceed();
        var cue = await assistant.CallAsync("export_clip", new
        {
            clip = odd,
            platforms = new[] { "reels" },
            captions = new[] { new { start_seconds = 1, end_seconds = 0.2, text = "Hi" } },
        });

        Assert.Equal(
            ["1080x1080", "1080x1350", "1080x1920", "1920x1080"],
            posts.Assets.Select(a => $"{a!["width"]}x{a["height"]}").Order(StringComparer.Ordinal));
        Assert.Contains("youtube-1920x1080-serum", posts.Text, StringComparison.Ordinal);
        await TheMainJob.ShouldPlay(small.Path, 1080, 1920, 0.5);
        await TheMainJob.ShouldPlay(turned.Path, 1080, 1920, 0.5);
        await TheMainJob.ShouldPlay(wide.Path, 1920, 1080, 0.5);
        cue.ShouldBe("invalid_argument", "captions[0]: end_seconds is 0.2");
    }

    [Fact]
    public async Task Undo_after_a_model_gives_what_was_seen_and_a_batch_in_other_words_costs_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings("Fal"));
        var clip = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, prompt = "steam rises, slow push in" })).ShouldSucceed();
        var titled = (await assistant.CallAsync(
            "edit_clip",
            new { clip = clip.Handle, operations = new[] { new { op = "text", text = "Glow" } } })).ShouldSucceed();

        var city = (await assistant.CallAsync(
            "edit_clip",
            new { clip = titled.Handle, instruction = "swap the background to a city street" })).ShouldSucceed();
        var batch = (await assistant.CallAsync("batch_variants", new
        {
            name = "hooks",
            images = new[] { photo },
            prompts = new[] { "slow push in", "slow pan left" },
            texts = new[] { "One", "Two" },
            operations = new[] { new { op = "fade", out_seconds = 0.2 } },
            duration_seconds = 5,
            wait_seconds = 200,
        })).ShouldSucceed();
        var billed = (await simulators.BillAsync()).Count;
        var spanish = (await assistant.CallAsync(
            "batch_variants",
            new { from = "batch-1", texts = new[] { "Uno", "Dos" }, wait_seconds = 200 })).ShouldSucceed();
        var third = (await assistant.CallAsync("batch_variants", new { from = "batch-2", texts = new[] { "Eins" }, dry_run = true }))
            .ShouldSucceed();

        Assert.Contains($"go on from {titled.Handle}", city.Text, StringComparison.Ordinal);
        Assert.Contains($"recipe, carried over from {titled.Handle}: 1 text \"Glow\"", city.Text, StringComparison.Ordinal);
        Assert.Equal(titled.Handle, city.Assets[0]!["before"]!.GetValue<string>());
        Assert.Equal(4, batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(4, spanish.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.Equal(billed, (await simulators.BillAsync()).Count);
        Assert.Contains("used again", spanish.Text, StringComparison.Ordinal);
        Assert.Equal(2, third.Structured["batch"]!["variants"]!.AsArray().Count);
        Assert.Contains("free", third.Text, StringComparison.Ordinal);
        var uno = await assistant.CallAsync("find_assets", new { handle = spanish.Handle });
        Assert.Contains("recipe: 1 fade out 0.2 s; 2 text \"Uno\" top bold", uno.Text, StringComparison.Ordinal);
        Forget(library, "batch-1");
        (await assistant.CallAsync("batch_variants", new { from = "batch-1", texts = new[] { "Un" } })).ShouldBe(
            "invalid_argument",
            "before batches were kept whole",
            "prompt slow push in, slow pan left");
        (await assistant.CallAsync("batch_variants", new { from = "the hooks", texts = new[] { "Un" } })).ShouldBe(
            "invalid_argument",
            "batch-1");
    }

    // As a version of before has left it.
    private static void Forget(TestLibrary library, string batch) => LibraryAudit.Change(
        library,
        "UPDATE batches SET request = NULL WHERE id = @id",
        ("@id", long.Parse(batch["batch-".Length..], System.Globalization.CultureInfo.InvariantCulture)));
}
