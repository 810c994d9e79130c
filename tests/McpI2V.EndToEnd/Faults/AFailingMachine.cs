using Microsoft.Data.Sqlite;

namespace McpI2V.EndToEnd.Faults;

public sealed class AFailingMachine
{
    [Fact]
    public async Task Without_ffmpeg_the_answer_says_what_to_install()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(
            library,
            ("I2V__Media__Ffmpeg", "/nowhere/ffmpeg"),
            ("I2V__Media__Ffprobe", "/nowhere/ffprobe"));

        (await assistant.CallAsync("animate_image", new { image = photo })).ShouldBe("provider_failed", "ffmpeg", "install");
        Assert.Empty(library.MediaFiles);
    }

    [Fact]
    public async Task An_ffmpeg_killed_in_the_middle_fails_its_job_and_leaves_nothing()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 20, size: "720x1280");
        await using var assistant = await Assistant.StartAsync(library);
        await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 0 });
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");

        Assistant.FfmpegIn(library)[0].Kill();

        var job = await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 20 });
        job.ShouldBe("provider_failed", "stopped from outside");
        Assert.Equal("failed", job.State);
        Assert.Single(library.MediaFiles);
        Assert.Empty(library.TemporaryFiles);
        // A failed call is not remembered: asking again makes it.
        Assert.Equal(
            "job-2",
            (await assistant.CallAsync(
                "edit_clip",
                new { clip, operations = new object[] { new { op = "speed", factor = 0.5, interpolate = true } }, wait_seconds = 0 })).Job);
        await assistant.CallAsync("cancel_job", new { id = "job-2" });
    }

    [Fact]
    public async Task A_damaged_database_is_told_and_left_alone()
    {
        using var library = new TestLibrary(onServer: false);
        Directory.CreateDirectory(library.Home);
        var database = Path.Combine(library.Home, "library.db");
        var damaged = new byte[20_000];
        Random.Shared.NextBytes(damaged);
        await File.WriteAllBytesAsync(database, damaged);
        await using var assistant = await Assistant.StartAsync(library);

        (await assistant.CallAsync("find_assets", new { })).ShouldBe("storage_full", "damaged", "doctor");
        Assert.Equal(damaged, await File.ReadAllBytesAsync(database));
        Assert.Equal(Assistant.ToolCount, (await assistant.Client.ListToolsAsync()).Count);
    }

    [Fact]
    public async Task A_database_that_is_locked_for_a_while_is_waited_for()
    {
        using var library = new TestLibrary(onServer: false);
        await using var assistant = await Assistant.StartAsync(library);
        (await assistant.CallAsync("find_assets", new { })).ShouldSucceed();
        SQLitePCL.Batteries_V2.Init();
        await using var other = new SqliteConnection($"Data Source={Path.Combine(library.Home, "library.db")};Pooling=False");
        await other.OpenAsync();
        await Execute(other, "BEGIN EXCLUSIVE");

        var asked = assistant.CallAsync("find_assets", new { });
        for (var i = 0; i < 100; i++)
        {
            await assistant.Client.ListToolsAsync();
        }
        Assert.False(asked.IsCompleted, "the call waits for the lock, and keeps nobody else waiting");
        await Execute(other, "COMMIT");

        (await asked).ShouldSucceed();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_told()
    {
        using var library = new TestLibrary(onServer: false);
        await using var assistant = await Assistant.StartAsync(library, ("I2V_HOME", "/proc/mcp-i2v"));

        (await assistant.CallAsync("find_assets", new { })).ShouldBe("storage_full", "I2V_HOME");
    }

    [Fact]
    public async Task A_full_disk_fails_the_job_and_spares_the_library()
    {
        using var library = new TestLibrary(onServer: false);
        var photo = library.Input("noise.jpg");
        // Noise does not compress: the clip outgrows the disk within seconds.
        await Shell.FfmpegAsync($"-f lavfi -i nullsrc=s=480x854 -vf geq=random(1)*255:128:128 -frames:v 1 -q:v 8 \"{photo}\"");
        Directory.CreateDirectory(library.Home);
        var mounted = await Shell.RunAsync("mount", $"-t tmpfs -o size=6m tmpfs \"{library.Home}\"");
        Assert.SkipUnless(mounted.Code == 0, "needs the right to mount a small disk");
        try
        {
            await using var assistant = await Assistant.StartAsync(library);
            var noise = (await assistant.CallAsync(
                "animate_image",
                new
                {
                    image = photo,
                    camera = "handheld",
                    duration_seconds = 30,
                    quality = "best",
                    resolution = "480p",
                    wait_seconds = 300,
                })).ShouldBe("storage_full");
            Assert.Equal("failed", noise.State);
            Assert.Empty(library.TemporaryFiles);
            (await assistant.CallAsync("find_assets", new { handle = "still-1" })).ShouldSucceed();
        }
        finally
        {
            await Shell.RunAsync("umount", $"-l \"{library.Home}\"");
        }
    }

    [Fact]
    public async Task Wrong_settings_are_all_listed_and_the_server_still_answers()
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library, ("I2V__Budget__DailyUsd", "lots"), ("I2V__Jobs__MaxRenders", "99"));

        (await assistant.CallAsync("list_models", new { })).ShouldBe(
            "invalid_argument",
            "I2V__Budget__DailyUsd",
            "lots",
            "I2V__Jobs__MaxRenders",
            "99");
    }

    private static async Task Execute(SqliteConnection connection, string sql)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
