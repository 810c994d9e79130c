using McpI2V.Engine.Moving;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.S3;
using McpI2V.Engine.Tests.Storage;
using McpI2V.Servers;

namespace McpI2V.Engine.Tests.Moving;

/// <summary>A library's files that move to an object store.</summary>
public sealed class MovingFiles : IDisposable
{
    private readonly TestStudio studio = new(onServer: false);
    private readonly LibraryOptions other = new() { Home = Directory.CreateTempSubdirectory("i2v-moved-").FullName };
    private readonly S3Bucket bucket;
    private readonly IMediaStore there;

    public MovingFiles()
    {
        var settings = S3Server.Shared.NewLibrary();
        bucket = AnObjectStore.BucketOf(settings);
        there = S3Stores.Of(bucket, AnObjectStore.OptionsOf(settings), other).Assets;
    }

    private MediaMove Move => new(studio.Library.Assets, studio.Media.Assets, there, studio.Folders);

    [Fact]
    public async Task Each_is_sent_once_and_holds_what_its_row_says()
    {
        var still = await studio.StillAsync(64, 64);
        var clip = await studio.ClipAsync(64, 64, 1);
        var words = MediaNames.SubtitlesOf(clip.File);
        await File.WriteAllTextAsync(studio.Media.Assets.AddressOf(words), "1\n00:00:00,000 --> 00:00:01,000\nNew\n");
        List<(int, int)> told = [];

        var moved = await Move.MoveAsync((done, all) => told.Add((done, all)), default);
        var again = await Move.MoveAsync((_, _) => { }, default);

        Assert.Equal((2, 0), (moved.Sent, moved.Before));
        Assert.Empty(moved.Faults);
        Assert.Equal([(1, 2), (2, 2)], told);
        Assert.Equal((0, 2), (again.Sent, again.Before));
        foreach (var asset in new[] { still, clip })
        {
            Assert.Equal(asset.Sha256, await there.Sha256Async(asset.File, default));
            Assert.True(await studio.Media.Assets.ExistsAsync(asset.File, default), "the files here stay");
        }
        await using var lease = await there.OpenAsync(words, default);
        Assert.Contains("New", await File.ReadAllTextAsync(lease!.Path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_or_changed_is_named_and_keeps_no_other_back()
    {
        var missing = await studio.StillAsync(64, 64);
        var changed = await studio.ClipAsync(64, 64, 1);
        var well = await studio.SoundAsync(1);
        await studio.Media.Assets.DeleteAsync(missing.File, default);
        await File.AppendAllTextAsync(studio.Media.Assets.AddressOf(changed.File), "x");

        var moved = await Move.MoveAsync((_, _) => { }, default);

        Assert.Equal(2, moved.Faults.Count);
        Assert.Contains(moved.Faults, f => f == $"{missing.Handle}: {missing.File} is missing");
        Assert.Contains(moved.Faults, f => f == $"{changed.Handle}: {changed.File} holds something else than was put there");
        Assert.Equal(well.Sha256, await there.Sha256Async(well.File, default));
    }

    public void Dispose()
    {
        bucket.Dispose();
        studio.Dispose();
        Directory.Delete(other.Home, recursive: true);
    }
}
