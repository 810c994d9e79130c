using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Editing;

/// <summary>References as people say them, and a library that is kept in order by talking.</summary>
public sealed class KeepingHouse
{
    [Fact]
    public async Task A_batch_is_judged_named_emptied_and_brought_back()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, "bottle.png", 320, 568);
        await using var assistant = await Assistant.StartAsync(library);
        await BatchAsync(assistant, photo);

        var kept = await OrganizeAsync(assistant, "keep", "clip-1");
        await OrganizeAsync(assistant, "reject", "clip-2");
        var batch = (await assistant.CallAsync("check_job", new { id = "batch-1" })).ShouldSucceed();
        var deleted = await OrganizeAsync(assistant, "delete", "clip-2");
        var left = await assistant.CallAsync("find_assets", new { batch = "batch-1" });
        var bin = await assistant.CallAsync("find_assets", new { kind = "deleted" });
        var used = await assistant.CallAsync("edit_clip", new { clip = "clip-2", operations = new[] { new { op = "mute" } } });
        var asked = await assistant.CallAsync("organize_assets", new { items = new[] { "still-1" }, action = "delete" });
        await OrganizeAsync(assistant, "restore", "clip-2");
        await OrganizeAsync(assistant, "rename", "batch-1", "Autumn");
        await OrganizeAsync(assistant, "star", "clip-1");
        var over = await assistant.CallAsync("cancel_job", new { id = "batch-1" });

        Assert.Equal("Kept clip-1.", kept.Text);
        Assert.Contains("1 kept, 1 rejected", batch.Text, StringComparison.Ordinal);
        Assert.StartsWith("Deleted clip-2. They are in the bin until", deleted.Text, StringComparison.Ordinal);
        Assert.Equal(["clip-1"], left.Assets.Select(a => a!["handle"]!.GetValue<string>()));
        Assert.Equal("clip-2", bin.Handle);
        used.ShouldBe("not_found", "in the bin", "restore");
        asked.ShouldBe("approval_required", "Not deleted yet", "clip-1", "value \"yes\"");
        Assert.Contains("\"Autumn\"", (await assistant.CallAsync("find_assets", new { kind = "batch" })).Text, StringComparison.Ordinal);
        Assert.Equal("clip-1", (await assistant.CallAsync("find_assets", new { starred = true })).Handle);
        Assert.StartsWith("Nothing was canceled", over.Text, StringComparison.Ordinal);
        Assert.True(over.Text.Length < 300, "a batch that is over is not told again: " + over.Text);
    }

    [Fact]
    public async Task What_people_say_is_understood_and_told_or_answered_for_that_very_case()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, "bottle.png", 320, 568);
        await using var assistant = await Assistant.StartAsync(library);
        var none = await assistant.CallAsync("find_assets", new { });
        await BatchAsync(assistant, photo);

        var edited = (await assistant.CallAsync(
            "edit_clip",
            new { clip = "the latest clip", operations = new[] { new { op = "text", text = "Brillo" } } })).ShouldSucceed();
        var frame = (await assistant.CallAsync(
            "animate_image",
            new { image = "clip-1 at 0.5 s", duration_seconds = 1, resolution = "480p", quality = "draft" })).ShouldSucceed();
        var attached = await assistant.CallAsync("animate_image", new { image = "the photo I attached", prompt = "push in" });
        var batch = await assistant.CallAsync("export_clip", new { clip = "batch-1", platforms = new[] { "tiktok" } });
        var captions = await assistant.CallAsync("export_clip", new { clip = "clip-1", platforms = new[] { "tiktok" }, captions = "auto" });
        var music = await assistant.CallAsync("animate_image", new { image = photo, prompt = "push in", audio = "upbeat music" });
        var titled = await assistant.CallAsync("find_assets", new { query = "brillo", since = "today" });
        var nothing = await assistant.CallAsync("find_assets", new { query = "botle", since = "yesterday", colour = "purple" });
        var saved = (await assistant.CallAsync(
            "save_element",
            new { name = "My Glide", kind = "preset", description = "gliding past", images = new[] { "clip-1" } })).ShouldSucceed();
        var used = (await assistant.CallAsync(
            "animate_image",
            new { image = photo, preset = "my glide", duration_seconds = 1, resolution = "480p", quality = "draft" })).ShouldSucceed();

        Assert.Contains("library is empty", none.Text, StringComparison.Ordinal);
        Assert.Contains(edited.Warnings, w => w.Contains("clip: \"the latest clip\" is clip-", StringComparison.Ordinal));
        Assert.Contains(frame.Warnings, w => w.Contains("\"clip-1 at 0.5 s\" is still-2", StringComparison.Ordinal));
        attached.ShouldBe("not_found", "does not reach this server", library.Inputs);
        batch.ShouldBe("invalid_argument", "batch-1, a batch", "clip-1", "clip-2");
        captions.ShouldBe("invalid_argument", "No speech is recognised here", "SRT");
        music.ShouldBe("not_found", "generate_audio");
        Assert.Equal(edited.Handle, titled.Assets[0]!["handle"]!.GetValue<string>());
        Assert.Contains("Nothing was found", nothing.Text, StringComparison.Ordinal);
        Assert.Contains("\"bottle\" instead of \"botle\"", nothing.Text, StringComparison.Ordinal);
        Assert.Contains("of $20.00 is spent", nothing.Text, StringComparison.Ordinal);
        // Of two renders at once either may be clip-1.
        Assert.Matches("my_glide: (push_in|pan_left), strength 0.5", saved.Text);
        Assert.Contains("my_glide", (await assistant.CallAsync("find_assets", new { kind = "preset" })).Text, StringComparison.Ordinal);
        Assert.NotEqual(edited.Handle, used.Handle);
        foreach (var answer in new[] { attached, batch, captions, music })
        {
            Assert.DoesNotContain("lies outside", answer.Text, StringComparison.Ordinal);
        }
    }

    private static async Task BatchAsync(Assistant assistant, string photo) => (await assistant.CallAsync(
        "batch_variants",
        new
        {
            images = new[] { photo },
            cameras = new[] { "push_in", "pan_left" },
            duration_seconds = 1,
            resolution = "480p",
            quality = "draft",
            wait_seconds = 100,
        })).ShouldSucceed();

    private static async Task<ToolAnswer> OrganizeAsync(Assistant assistant, string action, string item, string? value = null) =>
        (await assistant.CallAsync(
            "organize_assets",
            new JsonObject { ["items"] = new JsonArray(item), ["action"] = action, ["value"] = value })).ShouldSucceed();
}
