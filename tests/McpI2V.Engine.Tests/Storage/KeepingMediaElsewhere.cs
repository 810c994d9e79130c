using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Sheets;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.S3;
using McpI2V.Media;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;
using McpI2V.Servers;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>Everything that reads media or makes them, on a store that is no folder of this machine.</summary>
public abstract class KeepingMediaElsewhere : IDisposable
{
    private readonly IMediaStore assets;
    private readonly TestStudio studio;

    protected KeepingMediaElsewhere(MediaStores stores) => (assets, studio) = (stores.Assets, new TestStudio(stores));

    /// <summary>How many files are held here now.</summary>
    protected abstract int Held { get; }

    [Fact]
    public async Task What_is_brought_in_is_found_by_its_bytes_and_shown_by_its_address()
    {
        var path = await studio.MakeAsync("still.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1");

        var asset = await studio.ImportAsync(path);

        Assert.Equal(asset.Handle, (await studio.ImportAsync(path)).Handle);
        Assert.Contains("://", studio.Library.PathOf(asset), StringComparison.Ordinal);
        Assert.EndsWith("/" + asset.File, studio.Library.PathOf(asset), StringComparison.Ordinal);
        Assert.Equal(asset.Handle, studio.Library.FindByPath(studio.Library.PathOf(asset))!.Handle);
        Assert.Equal(0, Held);
    }

    [Fact]
    public async Task A_recipe_reads_its_master_and_what_its_steps_name_and_gives_all_back()
    {
        var clip = await studio.ClipAsync(320, 180, 2);
        var edited = await studio.AddAsync(clip, c => c with { Master = c.Handle, Recipe = Steps("""[{"op":"trim","end_seconds":1}]""") });
        var sound = await studio.SoundAsync(3);
        var steps = Steps($$"""[{"op":"audio","audio":"{{sound.Handle}}"},{"op":"append","clips":["{{edited.Handle}}"]}]""");
        var rendered = studio.Work.At("clip.mp4");

        await using (var held = studio.Library.Hold())
        {
            var source = await held.PlanAsync(files => studio.Recipes.SourceOf(edited, steps, files: files), CancellationToken.None);
            await studio.Clips.RenderAsync(source, rendered, EncodeQuality.Draft, null, studio.Work, CancellationToken.None);
            Assert.Equal(2, Held);
        }

        var facts = await new MediaProbe(studio.Ffmpeg).ClipAsync(rendered, MediaFormat.Mp4, CancellationToken.None);
        Assert.Equal(2, facts.Duration.TotalSeconds, 1);
        Assert.Equal(0, Held);
    }

    [Fact]
    public async Task Pictures_and_sheets_are_made_once_and_read_from_their_store()
    {
        var clip = await studio.ClipAsync(320, 180, 1);
        var renderer = new PreviewRenderer(studio.Ffmpeg);
        var pictures = new Previews(studio.Library, studio.Media, renderer);
        var sheets = new ContactSheets(studio.Library, studio.Media, renderer, new ContactSheet(studio.Ffmpeg, renderer));

        var made = await pictures.OfAsync(clip, Previews.AnswerBytes, CancellationToken.None);
        await assets.DeleteAsync(clip.File, CancellationToken.None);

        Assert.Equal(made, await pictures.OfAsync(clip, Previews.AnswerBytes, CancellationToken.None));
        await Assert.ThrowsAsync<I2VException>(() => pictures.MomentsAsync(clip, [TimeSpan.Zero], CancellationToken.None));
        var still = await studio.StillAsync(64, 64);
        var (pages, count) = await sheets.PagesAsync("batch-1", [(still, "1 · still"), (clip, "2 · gone")], CancellationToken.None);
        Assert.Equal((1, 1), (pages.Count, count));
        Assert.Equal(pages, (await sheets.PagesAsync("batch-1", [(still, "1 · still")], CancellationToken.None)).Pages);
        Assert.Single(await sheets.PartsAsync("batch-1", count, most: 4, CancellationToken.None));
        Assert.Equal(0, Held);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_told_before_anything_is_queued()
    {
        var still = await studio.StillAsync(64, 64);
        await assets.DeleteAsync(still.File, CancellationToken.None);

        var e = await Assert.ThrowsAsync<I2VException>(
            () => studio.Library.CheckAsync(files => files.StillOf(still), CancellationToken.None));

        Assert.Equal((ErrorCode.NotFound, "still-1"), (e.Code, e.Argument));
    }

    public void Dispose()
    {
        studio.Dispose();
        Remove();
        GC.SuppressFinalize(this);
    }

    /// <summary>Removes what the stores were made of.</summary>
    protected abstract void Remove();

    private static JsonArray Steps(string json) => JsonNode.Parse(json)!.AsArray();
}

public sealed class KeepingMediaInAFarFolder : KeepingMediaElsewhere
{
    private readonly string root;

    public KeepingMediaInAFarFolder()
        : this(Directory.CreateTempSubdirectory("i2v-far-").FullName)
    {
    }

    private KeepingMediaInAFarFolder(string root)
        : base(new MediaStores(Store(root, "assets"), Store(root, "previews"), Store(root, "sheets"))) => this.root = root;

    protected override int Held =>
        Directory.GetFiles(root, "*", SearchOption.AllDirectories).Count(f => f.Contains("-here", StringComparison.Ordinal));

    protected override void Remove() => Directory.Delete(root, recursive: true);

    private static FarStore Store(string root, string name) =>
        new(Directory.CreateDirectory(Path.Combine(root, name)).FullName, Path.Combine(root, name + "-here"));
}

public sealed class KeepingMediaInAnObjectStore : KeepingMediaElsewhere
{
    private readonly LibraryOptions near;
    private readonly S3Bucket bucket;

    public KeepingMediaInAnObjectStore()
        : this(S3Server.Shared.NewLibrary(), new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-near-").FullName })
    {
    }

    private KeepingMediaInAnObjectStore(IReadOnlyDictionary<string, string> settings, LibraryOptions near)
        : this(AnObjectStore.BucketOf(settings), AnObjectStore.OptionsOf(settings), near)
    {
    }

    private KeepingMediaInAnObjectStore(S3Bucket bucket, S3Options options, LibraryOptions near)
        : base(S3Stores.Of(bucket, options, near)) => (this.bucket, this.near) = (bucket, near);

    // What is held has a lock.
    protected override int Held => Directory.GetFiles(near.Home, "*", SearchOption.AllDirectories).Count(IsLocked);

    protected override void Remove()
    {
        bucket.Dispose();
        Directory.Delete(near.Home, recursive: true);
    }

    private static bool IsLocked(string file)
    {
        try
        {
            using var alone = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
