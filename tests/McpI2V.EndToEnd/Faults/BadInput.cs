using McpI2V.EndToEnd.Editing;

namespace McpI2V.EndToEnd.Faults;

public sealed class BadInput
{
    [Fact]
    public async Task No_bad_file_gets_in_and_the_library_stays_whole()
    {
        using var library = new TestLibrary();
        var good = await TestMedia.StillAsync(library);
        await WriteAsync(library, "empty.jpg", "");
        await WriteAsync(library, "words.jpg", "This is a text file, whatever its name says.");
        await WriteAsync(library, "page.png", "<!DOCTYPE html><html><body>Not found</body></html>");
        await WriteAsync(library, "drawing.png", "<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg' width='100' height='100'/>");
        await WriteAsync(library, "list.mp4", "#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
        await WriteAsync(library, "script.mp4", "ffconcat version 1.0\nfile photo.jpg\n");
        var jpeg = await File.ReadAllBytesAsync(good);
        await File.WriteAllBytesAsync(library.Input("cut.jpg"), jpeg[..(jpeg.Length / 2)]);
        await Shell.FfmpegAsync($"-f lavfi -i color=red:s=16x16,format=rgb24,scale=1:1 -frames:v 1 \"{library.Input("dot.png")}\"");
        await File.WriteAllBytesAsync(library.Input("huge.png"), PngHeader(30_000, 30_000));
        await BombAsync(library.Input("bomb.png"));
        var clip = await File.ReadAllBytesAsync(await TestMedia.ClipAsync(library));
        await File.WriteAllBytesAsync(library.Input("cut.mp4"), clip[..(clip.Length * 6 / 10)]);
        // One picture of such a size is taken; a decoder holds many frames of a clip.
        await Shell.FfmpegAsync($"-f lavfi -i color=red:s=8192x4400:r=5 -frames:v 2 -c:v png \"{library.Input("huge.mov")}\"");
        await using var assistant = await Assistant.StartAsync(library);
        (string File, string Code, string Words)[] cases =
        [
            ("missing.jpg", "not_found", "no file"),
            ("empty.jpg", "media_unreadable", "empty"),
            ("words.jpg", "media_unreadable", "text file"),
            ("page.png", "media_unreadable", "web page"),
            ("drawing.png", "media_unreadable", "SVG"),
            ("list.mp4", "media_unreadable", "HLS playlist"),
            ("script.mp4", "media_unreadable", "concat script"),
            ("cut.jpg", "media_unreadable", "cut short"),
            ("dot.png", "media_unreadable", "1x1"),
            ("huge.png", "media_unreadable", "30000x30000"),
            ("bomb.png", "media_unreadable", "16000x16000"),
            ("cut.mp4", "media_unreadable", "cut short"),
            ("huge.mov", "media_unreadable", "35 million pixels"),
            ("", "invalid_argument", "image"),
        ];

        foreach (var (file, code, words) in cases)
        {
            var answer = await assistant.CallAsync("animate_image", new { image = file.Length == 0 ? "" : library.Input(file) });
            answer.ShouldBe(code, words);
            Assert.True(answer.Text.Contains("image", StringComparison.Ordinal), $"the message names the argument: {answer.Text}");
        }

        Assert.Empty(library.MediaFiles);
        Assert.Empty(library.TemporaryFiles);
        (await assistant.CallAsync("generate_still", new { prompt = "x", from = new[] { good } })).ShouldSucceed();
    }

    [Fact]
    public async Task No_path_leads_out_of_the_allowed_folders()
    {
        using var library = new TestLibrary();
        var good = await TestMedia.StillAsync(library);
        Directory.CreateDirectory(library.Outside);
        File.Copy(good, Path.Combine(library.Outside, "secret.jpg"));
        Directory.CreateDirectory(library.Inputs + "-beside");
        File.Copy(good, Path.Combine(library.Inputs + "-beside", "near.jpg"));
        File.CreateSymbolicLink(library.Input("link.jpg"), Path.Combine(library.Outside, "secret.jpg"));
        Directory.CreateSymbolicLink(library.Input("folder"), library.Outside);
        File.CreateSymbolicLink(library.Input("circle.jpg"), library.Input("circle.jpg"));
        await using var assistant = await Assistant.StartAsync(library);

        foreach (var path in new[]
        {
            Path.Combine(library.Outside, "secret.jpg"),
            Path.Combine(library.Inputs, "..", "outside", "secret.jpg"),
            Path.Combine(library.Inputs + "-beside", "near.jpg"),
            library.Input("link.jpg"),
            library.Input(Path.Combine("folder", "secret.jpg")),
            "/etc/passwd",
            "/dev/zero",
            "file:///etc/passwd",
            "file://localhost/etc/passwd",
            @"\\server\share\x.jpg",
            "//server/share/x.jpg",
            "ftp://example.com/x.jpg",
        })
        {
            (await assistant.CallAsync("animate_image", new { image = path })).ShouldBe("input_forbidden");
        }
        (await assistant.CallAsync("animate_image", new { image = library.Input("circle.jpg") })).ShouldBe("invalid_argument", "circle");
        (await assistant.CallAsync("animate_image", new { image = library.Inputs })).ShouldBe("invalid_argument", "folder");
        Assert.Empty(library.MediaFiles);
    }

    [Fact]
    public async Task Wrong_arguments_are_refused_with_what_is_allowed()
    {
        using var library = new TestLibrary();
        var image = await TestMedia.StillAsync(library);
        var clip = await TestMedia.ClipAsync(library);
        await using var assistant = await Assistant.StartAsync(library);

        foreach (var seconds in new[] { -1, 0, 0.5, 61, 1e9 })
        {
            (await assistant.CallAsync("animate_image", new { image, duration_seconds = seconds })).ShouldBe(
                "invalid_argument",
                "duration_seconds",
                "1 to 60");
        }
        (await assistant.CallAsync("animate_image", new { image, camera = new { move = "teleport" } })).ShouldBe(
            "invalid_argument",
            "camera.move",
            "push_in",
            "orbit_left",
            "parallax");
        (await assistant.CallAsync("animate_image", new { image, camera = new { move = "push_in", strength = 2 } })).ShouldBe(
            "invalid_argument",
            "strength");
        (await assistant.CallAsync("animate_image", new { image, aspect_ratio = "2:7" })).ShouldBe(
            "invalid_argument",
            "aspect_ratio",
            "9:16");
        (await assistant.CallAsync("animate_image", new { image, resolution = "8k" })).ShouldBe("invalid_argument", "resolution", "1080p");
        (await assistant.CallAsync("animate_image", new { image, model = "sora-9" })).ShouldBe("invalid_argument", "model", "local-camera");
        (await assistant.CallAsync("animate_image", new { image, audio = "native" })).ShouldBe("unsupported_by_model", "audio");
        (await assistant.CallAsync("animate_image", new { image, end_image = image, camera = "parallax" })).ShouldBe(
            "invalid_argument",
            "end_image",
            "parallax");
        (await assistant.CallAsync("animate_image", new { image, options = new { fps = 31 } })).ShouldBe(
            "invalid_argument",
            "fps",
            "24, 25, 30, 60");
        (await assistant.CallAsync("animate_image", new { image, options = new { end = "label" } })).ShouldBe(
            "invalid_argument",
            "end",
            "[left, top, right, bottom]");
        var toPoint = new { end = new[] { 0.5, 0.6 } };
        (await assistant.CallAsync("animate_image", new { image, camera = "orbit_left", options = toPoint })).ShouldBe(
            "invalid_argument",
            "orbit_left",
            "push_in");
        (await assistant.CallAsync("animate_image", new { image, options = new { sparkle = 1 } })).ShouldBe("invalid_argument", "sparkle");
        (await assistant.CallAsync("animate_image", new { image, durations = 3 })).ShouldBe(
            "invalid_argument",
            "durations",
            "duration_seconds");
        (await assistant.CallAsync("animate_image", new { image = clip })).ShouldBe("invalid_argument", "still");
        (await assistant.CallAsync("animate_image", new { })).ShouldBe("invalid_argument", "image is missing");
        (await assistant.CallAsync("animate_image", new { image = "data:image/png;base64,iVBORw0KGgo" })).ShouldBe("media_unreadable");
        (await assistant.CallAsync("animate_image", new { image = "still-77" })).ShouldBe("not_found", "still-77");
        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "sparkle" } } })).ShouldBe(
            "invalid_argument",
            "sparkle",
            "trim",
            "append");
        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "trim", start_seconds = 5 } } })).ShouldBe(
            "invalid_argument",
            "start_seconds");
        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "trim", begin = 1 } } })).ShouldBe(
            "invalid_argument",
            "begin",
            "start_seconds");
        (await assistant.CallAsync("edit_clip", new { clip, operations = new[] { new { op = "speed", factor = 0 } } })).ShouldBe(
            "invalid_argument",
            "factor",
            "0.25");
        (await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new[] { new { op = "append", clips = new[] { "clip-99" } } } })).ShouldBe("not_found", "clip-99");
        (await assistant.CallAsync("edit_clip", new { clip })).ShouldBe("invalid_argument", "operations");
        (await assistant.CallAsync("check_job", new { id = "batch" })).ShouldBe("invalid_argument", "job-4");
        (await assistant.CallAsync("export_clip", new { clip, platforms = new[] { "myspace" } })).ShouldBe(
            "invalid_argument",
            "myspace",
            "tiktok");
        (await assistant.CallAsync(
            "batch_variants",
            new { images = new[] { image, image }, cameras = new[] { "push_in", "pan_left", "roll_left" }, combine = "zip" })).ShouldBe(
                "invalid_argument",
                "zip");
    }

    [Fact]
    public async Task A_file_that_was_deleted_is_named()
    {
        using var library = new TestLibrary(inStore: false);
        var photo = await TestMedia.StillAsync(library);
        await using var assistant = await Assistant.StartAsync(library);
        var still = (await assistant.CallAsync("generate_still", new { prompt = "x", from = new[] { photo } })).ShouldSucceed();
        TestLibrary.Lose(still.Path);

        (await assistant.CallAsync("animate_image", new { image = still.Handle })).ShouldBe("not_found", still.Handle, "deleted");
        (await assistant.CallAsync("find_assets", new { handle = still.Handle })).ShouldSucceed();
    }

    [Theory]
    [InlineData("It's 50% off: \"now\"\\N {\\b1}really{x}")]
    [InlineData("%{pts} ':textfile=/etc/passwd:' [in]movie=x")]
    [InlineData("Only today 🔥😀 -20 %")]
    [InlineData("مرحبا بالعالم שלום")]
    [InlineData("two\nlines\r\nand three")]
    public async Task Any_text_renders_and_nothing_of_it_is_obeyed(string text)
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync(
            $"-f lavfi -i color=black:s=360x640:r=30:d=1 -c:v libx264 -pix_fmt yuv420p \"{library.Input("black.mp4")}\"");
        await using var assistant = await Assistant.StartAsync(library);

        var clip = (await assistant.CallAsync(
            "edit_clip",
            new
            {
                clip = library.Input("black.mp4"),
                operations = new[] { new { op = "text", text, position = "center" } },
            })).ShouldSucceed();

        var (red, green, blue) = await TheMainJob.Colour(clip.Path, 10);
        Assert.True(red + green + blue > 3, "letters are seen");
    }

    internal static async Task WriteAsync(TestLibrary library, string name, string text) =>
        await File.WriteAllTextAsync(library.Input(name), text);

    private static byte[] PngHeader(int width, int height)
    {
        var png = new byte[64];
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52 }.CopyTo(png, 0);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        (png[24], png[25]) = (8, 2);
        System.Buffers.Binary.BinaryPrimitives.WriteUInt32BigEndian(png.AsSpan(29), TestMedia.Crc(png.AsSpan(12, 17)));
        new byte[] { 0, 0, 0, 0, 0x49, 0x45, 0x4E, 0x44, 0xAE, 0x42, 0x60, 0x82 }.CopyTo(png, 33);
        return png[..45];
    }

    // 16,000 x 16,000 pixels of nothing in a file of under a megabyte.
    private static Task BombAsync(string path) =>
        Shell.FfmpegAsync($"-f lavfi -i color=black:s=16000x16000,format=gray -frames:v 1 -pred none -compression_level 9 \"{path}\"");
}
