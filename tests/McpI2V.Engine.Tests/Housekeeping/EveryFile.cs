using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.S3;
using McpI2V.Engine.Tests.Storage;
using McpI2V.Servers;

namespace McpI2V.Engine.Tests.Housekeeping;

/// <summary>Rows and files that are held against each other, in a folder and in a bucket.</summary>
public sealed class EveryFile : IDisposable
{
    private readonly LibraryOptions near = new() { Home = Directory.CreateTempSubdirectory("i2v-audit-").FullName };
    private S3Bucket? bucket;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_missing_damaged_or_nobodys_is_found(bool inBucket)
    {
        using var studio = inBucket ? new TestStudio(Bucket()) : new TestStudio();
        var store = studio.Media.Assets;
        var well = await studio.StillAsync(64, 64);
        var missing = await studio.ClipAsync(64, 64, 1);
        var damaged = await studio.SoundAsync(1);
        await PutAsync(store, MediaNames.SubtitlesOf(well.File), "1\n00:00:00,000 --> 00:00:01,000\nNew\n");
        await store.DeleteAsync(missing.File, default);
        await PutAsync(store, damaged.File, "another sound");
        await PutAsync(store, "2026/11/clip-99-lost.mp4", "made after the rows were saved");

        var now = await new FileAudit(studio.Library.Assets, studio.Media, TimeProvider.System).RunAsync(default);
        var later = await new FileAudit(studio.Library.Assets, studio.Media, new Later()).RunAsync(default);

        Assert.Equal(1, later.Well);
        Assert.Equal([(missing.Handle.ToString(), missing.File)], later.Missing);
        Assert.Equal([(damaged.Handle.ToString(), damaged.File)], later.Damaged);
        Assert.Equal([("2026/11/clip-99-lost.mp4", 30L)], later.Orphans.Select(o => (o.Name, o.Bytes)));
        // What has just come may be on its way into a row.
        Assert.Empty(now.Orphans);
    }

    [Fact]
    public async Task A_bucket_is_listed_to_its_end()
    {
        var store = Bucket().Assets;
        for (var i = 0; i < 1_005; i++)
        {
            await PutAsync(store, $"2026/11/{i}.txt", "x");
        }
        var listed = new HashSet<string>();

        await foreach (var file in store.ListAsync(default))
        {
            Assert.True(listed.Add(file.Name), "once");
        }

        Assert.Equal(1_005, listed.Count);
    }

    public void Dispose()
    {
        bucket?.Dispose();
        Directory.Delete(near.Home, recursive: true);
    }

    private MediaStores Bucket()
    {
        var settings = S3Server.Shared.NewLibrary();
        bucket = AnObjectStore.BucketOf(settings);
        return S3Stores.Of(bucket, AnObjectStore.OptionsOf(settings), near);
    }

    private async Task PutAsync(IMediaStore store, string name, string text)
    {
        var path = Path.Combine(near.Home, "put");
        await File.WriteAllTextAsync(path, text);
        await store.PublishAsync(path, name, default);
    }

    private sealed class Later : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow().AddHours(2);
    }
}
