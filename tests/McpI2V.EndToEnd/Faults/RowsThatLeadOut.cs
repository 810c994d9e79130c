
namespace McpI2V.EndToEnd.Faults;

/// <summary>Another process of the same user, or a damaged disk, has written into the library's rows and folders.</summary>
public sealed class RowsThatLeadOut : IDisposable
{
    private readonly TestLibrary library = new(onServer: false);

    public void Dispose() => library.Dispose();

    [Fact]
    public async Task A_still_whose_row_names_a_file_outside_is_neither_read_nor_shown_nor_linked()
    {
        var secret = await SecretAsync();
        await using var assistant = await Assistant.StartAsync(library);
        var photo = await TestMedia.StillAsync(library);
        var still = (await assistant.CallAsync("generate_still", new { prompt = "x", from = new[] { photo } })).ShouldSucceed().Handle;
        Assert.True(LibraryAudit.Change(
            library,
            $"UPDATE assets SET file = @file WHERE file LIKE '%/{still}%'",
            ("@file", Path.Combine("..", "..", "outside", "secret.jpg"))) > 0);

        (await assistant.CallAsync("animate_image", new { image = still })).ShouldBe("input_forbidden", "leads out", "not touched");
        (await assistant.CallAsync("find_assets", new { handle = still })).ShouldBe("input_forbidden", "leads out");
        Assert.True(File.Exists(secret));
    }

    [Fact]
    public async Task A_preview_that_became_a_link_to_another_file_is_not_sent()
    {
        var secret = await SecretAsync();
        var photo = await TestMedia.StillAsync(library);
        string still;
        await using (var first = await Assistant.StartAsync(library))
        {
            still = (await first.CallAsync("generate_still", new { prompt = "x", from = new[] { photo } })).ShouldSucceed().Handle;
        }
        foreach (var preview in Directory.GetFiles(Path.Combine(library.Home, ".previews")))
        {
            File.Delete(preview);
            File.CreateSymbolicLink(preview, secret);
        }

        await using var assistant = await Assistant.StartAsync(library);

        Assert.Equal(0, (await assistant.CallAsync("find_assets", new { handle = still })).ImageBytes);
    }

    [Fact]
    public async Task A_clip_is_not_published_through_a_folder_that_became_a_link()
    {
        await SecretAsync();
        await using var assistant = await Assistant.StartAsync(library);
        var photo = await TestMedia.StillAsync(library);
        (await assistant.CallAsync("save_element", new { name = "x", description = "x", images = new[] { photo } })).ShouldSucceed();
        var month = Path.GetDirectoryName(library.MediaFiles.Single())!;
        Directory.Move(month, month + "-moved");
        Directory.CreateSymbolicLink(month, library.Outside);

        var other = await TestMedia.StillAsync(library, "other.jpg", 320, 640);
        (await assistant.CallAsync("save_element", new { name = "y", description = "y", images = new[] { other } })).ShouldBe(
            "input_forbidden",
            "leads out");
        Assert.Equal(["secret.jpg"], Directory.GetFileSystemEntries(library.Outside).Select(Path.GetFileName));
    }

    private async Task<string> SecretAsync()
    {
        Directory.CreateDirectory(library.Outside);
        var secret = Path.Combine(library.Outside, "secret.jpg");
        File.Move(await TestMedia.StillAsync(library, "secret.jpg"), secret);
        return secret;
    }
}
