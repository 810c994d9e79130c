using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Tests.Storage;

public sealed class KeepingToTheLibrary : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("i2v-keep-").FullName;
    private readonly LibraryOptions options;
    private readonly string outside;

    public KeepingToTheLibrary()
    {
        options = new LibraryOptions { Home = Path.Combine(root, "home") };
        Directory.CreateDirectory(Path.Combine(options.Media, "2026", "11"));
        outside = Directory.CreateDirectory(Path.Combine(root, "outside")).FullName;
        File.WriteAllText(Path.Combine(outside, "kept.txt"), "kept");
    }

    [Theory]
    [InlineData("../../outside/kept.txt")]
    [InlineData("2026/../../../outside/kept.txt")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData(".")]
    [InlineData("")]
    [InlineData("2026\0/x.jpg")]
    public void A_row_that_leads_out_by_its_name_is_not_believed(string file)
    {
        var e = Assert.Throws<I2VException>(() => new MediaFolder(options.Media).AddressOf(file));

        Assert.Equal(ErrorCode.InputForbidden, e.Code);
        Assert.Contains("not touched", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_row_that_leads_out_by_a_link_is_not_believed()
    {
        File.CreateSymbolicLink(Path.Combine(options.Media, "link.txt"), Path.Combine(outside, "kept.txt"));
        Directory.CreateSymbolicLink(Path.Combine(options.Media, "folder"), outside);
        File.CreateSymbolicLink(Path.Combine(options.Media, "circle"), Path.Combine(options.Media, "circle"));
        var media = new MediaFolder(options.Media);

        foreach (var file in new[] { "link.txt", "folder/kept.txt", "folder/new.txt", "circle" })
        {
            await Assert.ThrowsAsync<I2VException>(() => media.ExistsAsync(file, CancellationToken.None));
            await Assert.ThrowsAsync<I2VException>(() => media.OpenAsync(file, CancellationToken.None));
            await Assert.ThrowsAsync<I2VException>(() => media.DeleteAsync(file, CancellationToken.None));
            Assert.False(media.Holds(file));
        }
    }

    [Fact]
    public void A_library_that_is_a_link_itself_and_links_within_it_are_the_users_choice()
    {
        var link = Path.Combine(root, "elsewhere");
        Directory.CreateSymbolicLink(link, options.Home);
        var media = new MediaFolder(new LibraryOptions { Home = link }.Media);
        File.WriteAllText(Path.Combine(options.Media, "2026", "11", "clip-1.mp4"), "clip");
        Directory.CreateSymbolicLink(Path.Combine(options.Media, "best"), Path.Combine(options.Media, "2026"));

        Assert.Equal("clip", File.ReadAllText(media.AddressOf("2026/11/clip-1.mp4")));
        Assert.Equal("clip", File.ReadAllText(media.AddressOf("best/11/clip-1.mp4")));
    }

    [Fact]
    public async Task Nothing_is_published_through_a_link_that_leads_out()
    {
        Directory.CreateSymbolicLink(Path.Combine(options.Media, "2027"), outside);
        var finished = Path.Combine(options.Home, "finished");
        File.WriteAllText(finished, "finished");

        await Assert.ThrowsAsync<I2VException>(() => new MediaFolder(options.Media).PublishAsync(
            finished,
            "2027/still-1.jpg",
            CancellationToken.None));

        Assert.True(File.Exists(finished));
        Assert.Equal(["kept.txt"], Directory.GetFileSystemEntries(outside).Select(Path.GetFileName));
    }

    [Fact]
    public void Sweeping_what_a_dead_process_left_follows_no_link()
    {
        var dead = Directory.CreateDirectory(Path.Combine(options.Home, ".work", "dead"));
        Directory.CreateSymbolicLink(Path.Combine(dead.FullName, "inside"), outside);
        Directory.CreateSymbolicLink(Path.Combine(options.Home, ".work", "link"), outside);
        using var work = new WorkFolders(options);

        work.SweepDead(new HashSet<string>());

        Assert.False(Directory.Exists(dead.FullName));
        Assert.Equal(["kept.txt"], Directory.GetFileSystemEntries(outside).Select(Path.GetFileName));
    }

    [Fact]
    public void Work_folders_that_lead_elsewhere_are_not_used()
    {
        Directory.CreateSymbolicLink(Path.Combine(options.Home, ".work"), outside);
        using var work = new WorkFolders(options);

        Assert.Throws<I2VException>(() => work.Create());
        Assert.Throws<I2VException>(() => work.SweepDead(new HashSet<string>()));
        Assert.Equal(["kept.txt"], Directory.GetFileSystemEntries(outside).Select(Path.GetFileName));
    }

    public void Dispose() => Directory.Delete(root, recursive: true);
}
