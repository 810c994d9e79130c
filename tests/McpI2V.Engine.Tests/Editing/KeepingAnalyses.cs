using McpI2V.Engine.Editing;

namespace McpI2V.Engine.Tests.Editing;

public sealed class KeepingAnalyses : IDisposable
{
    private readonly string home = Directory.CreateTempSubdirectory("i2v-analyses-").FullName;
    private readonly SteppedTime time = new();

    public void Dispose() => Directory.Delete(home, recursive: true);

    [Fact]
    public void What_was_kept_is_fetched_by_the_next_process()
    {
        Folder().Keep("0a", File("one"));

        Assert.True(Folder().TryFetch("0a", Path.Combine(home, "fetched")));
        Assert.Equal("one", System.IO.File.ReadAllText(Path.Combine(home, "fetched")));
        Assert.False(Folder().TryFetch("0b", Path.Combine(home, "fetched")));
    }

    [Fact]
    public void What_was_not_used_for_longest_goes_first()
    {
        var folder = Folder(mostBytes: 100);
        foreach (var key in new[] { "01", "02", "03", "04" })
        {
            folder.Keep(key, File(new string('x', 25)));
            System.IO.File.SetLastWriteTimeUtc(Path.Combine(home, ".analyses", key), time.GetUtcNow().UtcDateTime);
            time.Pass(TimeSpan.FromMinutes(1));
        }
        Assert.True(folder.TryFetch("01", Path.Combine(home, "fetched")));

        folder.Keep("05", File(new string('x', 25)));

        Assert.Equal(
            ["01", "03", "04", "05"],
            Directory.GetFiles(Path.Combine(home, ".analyses")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void What_is_too_large_is_not_kept()
    {
        Folder(mostBytes: 100).Keep("01", File(new string('x', 26)));

        Assert.False(Folder().TryFetch("01", Path.Combine(home, "fetched")));
    }

    [Fact]
    public void A_folder_that_can_not_be_written_costs_only_the_time_of_looking_again()
    {
        System.IO.File.WriteAllText(Path.Combine(home, ".analyses"), "in the way");

        Folder().Keep("01", File("one"));

        Assert.False(Folder().TryFetch("01", Path.Combine(home, "fetched")));
    }

    private AnalysisFolder Folder(long mostBytes = 1000) => new(new LibraryOptions { Home = home }, time) { MostBytes = mostBytes };

    private string File(string content)
    {
        var path = Path.Combine(home, "result");
        System.IO.File.WriteAllText(path, content);
        return path;
    }
}
