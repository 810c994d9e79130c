namespace McpI2V.EndToEnd.Editing;

public sealed class Stabilizing
{
    [Fact]
    public async Task A_steadied_clip_is_edited_on_without_being_looked_at_again()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 2);
        await using var assistant = await Assistant.StartAsync(library);
        var steady = (await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new[] { new { op = "stabilize", strength = 0.8 } } })).ShouldSucceed();
        var looked = Assert.Single(Analyses(library));

        var edited = (await assistant.CallAsync(
            "edit_clip",
            new { clip = steady.Handle, operations = new object[] { new { op = "trim", end_seconds = 1 } } })).ShouldSucceed();

        Assert.Equal(looked, Assert.Single(Analyses(library)));
        var made = (await assistant.CallAsync("find_assets", new { handle = edited.Handle })).Assets[0]!;
        Assert.Equal(2, made["recipe"]!.AsArray().Count);
        Assert.True(made["has_audio"]!.GetValue<bool>());
        await TheMainJob.ShouldPlay(edited.Path, 360, 640, 1);
    }

    [Fact]
    public async Task A_misspelt_member_is_told_with_the_one_that_was_meant_before_anything_is_rendered()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 1);
        await using var assistant = await Assistant.StartAsync(library);

        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "stabilize", strenght = 1 } } }))
            .ShouldBe("invalid_argument", "operations[0]: stabilize", "Did you mean strength?", "nothing was spent");
    }

    [Fact]
    public async Task An_ffmpeg_without_vid_stab_is_told_before_a_job_is_made()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the ffmpeg with less is a shell script");
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 1);
        var ffmpeg = library.Input("ffmpeg-with-less");
        await File.WriteAllTextAsync(
            ffmpeg,
            "#!/bin/sh\ncase \"$*\" in *-filters*) exec ffmpeg \"$@\" | grep -v vidstab;; *) exec ffmpeg \"$@\";; esac\n");
        await Shell.RunAsync("chmod", $"700 \"{ffmpeg}\"");
        await using var assistant = await Assistant.StartAsync(library, ("I2V__Media__Ffmpeg", ffmpeg));

        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "stabilize" } } }))
            .ShouldBe("provider_failed", "vidstabdetect and vidstabtransform", "I2V__Media__Ffmpeg", "nothing was spent");
        (await assistant.CallAsync("check_job", new { id = "job-1" })).ShouldBe("not_found");
        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "mute" } } })).ShouldSucceed();
    }

    [Fact]
    public async Task A_disk_that_fills_up_while_a_clip_is_looked_at_fails_the_job_and_keeps_nothing_half()
    {
        using var library = new TestLibrary(onServer: false);
        var source = await TestMedia.ClipAsync(library, seconds: 40, size: "240x426");
        var bytes = new FileInfo(source).Length;
        using var disk = await SmallDisk.MountAsync(library.Home, (int)(bytes >> 20) + 3);
        await using var assistant = await Assistant.StartAsync(library);

        var job = (await assistant.CallAsync(
            "edit_clip",
            new { clip = source, operations = new[] { new { op = "stabilize" } }, wait_seconds = 200 })).ShouldBe("storage_full");

        Assert.Equal("failed", job.State);
        Assert.Empty(library.TemporaryFiles);
        Assert.Empty(Analyses(library));
        (await assistant.CallAsync("find_assets", new { handle = "clip-1" })).ShouldSucceed();
    }

    private static string[] Analyses(TestLibrary library) =>
        Directory.Exists(Path.Combine(library.Home, ".analyses")) ? Directory.GetFiles(Path.Combine(library.Home, ".analyses")) : [];
}
