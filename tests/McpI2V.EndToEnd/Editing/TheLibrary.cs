namespace McpI2V.EndToEnd.Editing;

public sealed class TheLibrary
{
    [Theory]
    [InlineData("a.jpg", "still")]
    [InlineData("a.png", "still")]
    [InlineData("a.webp", "still")]
    [InlineData("a.gif", "still")]
    [InlineData("a.bmp", "still")]
    [InlineData("a.tiff", "still")]
    [InlineData("a.avif", "still")]
    public async Task Every_still_format_is_read(string name, string kind)
    {
        using var library = new TestLibrary();
        var codec = name.EndsWith("avif", StringComparison.Ordinal) ? "-c:v libaom-av1 -still-picture 1 -cpu-used 8" : "";
        await Shell.FfmpegAsync($"-f lavfi -i testsrc2=s=320x240 -frames:v 1 {codec} \"{library.Input(name)}\"");
        await using var assistant = await Assistant.StartAsync(library);

        (await assistant.CallAsync(
            "animate_image",
            new { image = library.Input(name), duration_seconds = 1, resolution = "480p", quality = "draft" })).ShouldSucceed();

        var found = await assistant.CallAsync("find_assets", new { handle = $"{kind}-1" });
        Assert.Equal("320x240", $"{found.Assets[0]!["width"]}x{found.Assets[0]!["height"]}");
    }

    [Theory]
    [InlineData("a.mp4", "libx264")]
    [InlineData("a.mov", "libx264")]
    [InlineData("a.webm", "libvpx-vp9 -deadline realtime -cpu-used 8")]
    public async Task Every_clip_format_is_edited(string name, string codec)
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync(
            $"-f lavfi -i testsrc2=s=320x240:r=30:d=1 -f lavfi -i sine=d=1 -c:v {codec} -pix_fmt yuv420p \"{library.Input(name)}\"");
        await using var assistant = await Assistant.StartAsync(library);

        (await assistant.CallAsync(
            "edit_clip",
            new { clip = library.Input(name), operations = new[] { new { op = "trim", end_seconds = 0.5 } } })).ShouldSucceed();
    }

    [Theory]
    [InlineData("a.wav", "")]
    [InlineData("a.mp3", "-c:a libmp3lame")]
    [InlineData("a.m4a", "-c:a aac")]
    public async Task Every_sound_format_is_laid_under_a_clip(string name, string codec)
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, sound: false);
        await Shell.FfmpegAsync($"-f lavfi -i sine=d=2 {codec} \"{library.Input(name)}\"");
        await using var assistant = await Assistant.StartAsync(library);

        var edited = (await assistant.CallAsync(
            "edit_clip",
            new { clip, operations = new[] { new { op = "audio", audio = library.Input(name) } } })).ShouldSucceed();

        Assert.Contains(
            "codec_name=aac",
            await Shell.ProbeAsync(edited.Path, "stream=codec_name -select_streams a"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_in_a_folder_with_an_awkward_name_works()
    {
        using var library = new TestLibrary("my lib's 100%d, [x]; ü=");
        var photo = await TestMedia.StillAsync(library, "it's 50%d.jpg");
        await using var assistant = await Assistant.StartAsync(library);

        var batch = (await assistant.CallAsync(
            "batch_variants",
            new
            {
                name = "it's: \"new\"",
                images = new[] { photo },
                cameras = new[] { "push_in", "roll_left" },
                texts = new[] { "It's" },
                duration_seconds = 1,
                resolution = "480p",
                quality = "draft",
                wait_seconds = 60,
            })).ShouldSucceed();

        Assert.Equal(2, batch.Structured["batch"]!["counts"]!["succeeded"]!.GetValue<int>());
        Assert.True(File.Exists(ToolAnswer.FileAt(batch.Structured["batch"]!["contact_sheet"]!.GetValue<string>())), "the sheet is there");
    }

    [Fact]
    public async Task The_same_bytes_are_the_same_asset_however_they_come()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library, "tiny.png", 64, 64);
        File.Copy(photo, library.Input("copy.png"));
        await using var assistant = await Assistant.StartAsync(library);
        var data = "data:image/png;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(photo));

        foreach (var reference in new[]
        {
            photo,
            library.Input("copy.png"),
            data,
            new Uri(photo).AbsoluteUri,
            "still-1",
            "i2v://assets/still-1",
        })
        {
            var saved = (await assistant.CallAsync(
                "save_element",
                new { name = "x", images = new[] { reference }, description = "a test" })).ShouldSucceed();
            Assert.Equal("still-1", saved.Handle);
        }
        Assert.Single(library.MediaFiles);
    }

    [Fact]
    public async Task A_photo_held_sideways_is_seen_upright_and_its_place_is_not_passed_on()
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync($"-f lavfi -i color=red:s=200x100 -f lavfi -i color=blue:s=200x100 -filter_complex hstack -frames:v 1 " +
            $"\"{library.Input("plain.jpg")}\"");
        await File.WriteAllBytesAsync(library.Input("turned.jpg"), WithExif(await File.ReadAllBytesAsync(library.Input("plain.jpg"))));
        await using var assistant = await Assistant.StartAsync(library);

        var still = (await assistant.CallAsync(
            "generate_still",
            new { prompt = "upright", from = new[] { library.Input("turned.jpg") } })).ShouldSucceed();

        Assert.Equal("100x400", $"{still.Assets[0]!["width"]}x{still.Assets[0]!["height"]}");
        // Orientation 6: what is stored left is seen on top.
        var top = await TheMainJob.Colour(still.Path, 0, "crop=80:100:10:20");
        Assert.True(top.Red > 200 && top.Blue < 60, $"red is on top: {top}");
        Assert.DoesNotContain(
            "GPS-MARK",
            System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(still.Path)),
            StringComparison.Ordinal);
    }

    // A minimal EXIF block: orientation 6 and a description that stands for a location.
    private static byte[] WithExif(byte[] jpeg)
    {
        var text = "GPS-MARK\0"u8.ToArray();
        byte[] tiff =
        [
            0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, 2, 0,
            0x0E, 0x01, 2, 0, (byte)text.Length, 0, 0, 0, 38, 0, 0, 0,
            0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0,
            0, 0, 0, 0,
            .. text,
        ];
        byte[] exif = [.. "Exif\0\0"u8, .. tiff];
        var length = exif.Length + 2;
        return [0xFF, 0xD8, 0xFF, 0xE1, (byte)(length >> 8), (byte)length, .. exif, .. jpeg[2..]];
    }
}
