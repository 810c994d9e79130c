using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Tests.Storage;

public sealed class KeepingSmallFiles : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("i2v-small-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task What_was_read_is_there_without_the_disk_until_others_need_its_room()
    {
        var small = new SmallFiles(new MediaFolder(folder), mostBytes: 250);
        foreach (var name in new[] { "a", "b", "c" })
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, name), new byte[100]);
        }
        await small.ReadAsync("a", CancellationToken.None);
        await small.ReadAsync("b", CancellationToken.None);
        await small.ReadAsync("a", CancellationToken.None);
        await small.ReadAsync("c", CancellationToken.None);
        Directory.GetFiles(folder).ToList().ForEach(File.Delete);

        Assert.Equal(100, (await small.ReadAsync("a", CancellationToken.None))?.Length);
        Assert.Equal(100, (await small.ReadAsync("c", CancellationToken.None))?.Length);
        Assert.Null(await small.ReadAsync("b", CancellationToken.None));
    }

    [Fact]
    public async Task What_is_written_anew_is_read_anew()
    {
        var small = new SmallFiles(new MediaFolder(folder));
        small.Keep("look", [1]);
        small.Keep("look", [2, 3]);

        Assert.Equal([2, 3], await small.ReadAsync("look", CancellationToken.None));
    }
}
