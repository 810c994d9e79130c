using System.Text.Json.Nodes;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Library;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Spending;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Tests.Housekeeping;

public sealed class TheBin : IDisposable
{
    private readonly TestStudio studio = new();
    private readonly Bin bin;
    private readonly LibraryItems items;

    public TheBin()
    {
        bin = new Bin(studio.Test.Database, studio.Media, studio.Time);
        items = new LibraryItems(
            studio.Test.Database,
            studio.Library.Assets,
            new BatchStore(studio.Test.Database),
            new PresetCatalogue(studio.Test.Options, studio.Presets),
            studio.Spoken);
    }

    public void Dispose() => studio.Dispose();

    [Fact]
    public async Task What_is_deleted_is_not_found_and_not_used_and_comes_back()
    {
        var still = await studio.StillAsync(64, 64);

        await DeleteAsync("still-1");

        Assert.Empty(studio.Library.Assets.Search(new AssetQuery()));
        Assert.Contains("restore", (await Assert.ThrowsAsync<I2VException>(() => UseAsync("still-1"))).Message, StringComparison.Ordinal);
        Assert.True(File.Exists(studio.Library.PathOf(still)), "the path that was told stays right");
        Assert.True(bin.Lacks(await ItemAsync("still-1")));
        Assert.True(bin.Restore(await ItemAsync("still-1")));
        Assert.False(bin.Lacks(await ItemAsync("still-1")));
        Assert.Equal(still.Handle, (await UseAsync("still-1")).Handle);
    }

    [Fact]
    public async Task What_hangs_on_it_is_named_before_anything_is_deleted()
    {
        var still = await studio.StillAsync(64, 64);
        var clip = await studio.ClipAsync(64, 64, 1);
        await studio.AddAsync(clip, c => c with { Parent = still.Handle });
        await studio.AddAsync(clip, c => c with { Master = clip.Handle, Recipe = Logo(still) });
        studio.Elements.Save(new Element("Glow", "amber", [still.Handle]), Owner.OfThisMachine, mayChangeOthers: true);

        var e = await Assert.ThrowsAsync<I2VException>(() => DeleteAsync("still-1"));

        Assert.Equal(ErrorCode.ApprovalRequired, e.Code);
        Assert.Contains("clip-2, clip-3 are made from still-1; the element \"Glow\" shows still-1", e.Message, StringComparison.Ordinal);
        Assert.Null(studio.Library.Assets.Get(still.Handle).Marks.DeletedAt);
        await DeleteAsync("still-1", isAgreed: true);
        Assert.NotNull(studio.Library.Assets.Get(still.Handle).Marks.DeletedAt);
    }

    [Fact]
    public async Task What_goes_together_needs_no_agreement()
    {
        var clip = await studio.ClipAsync(64, 64, 1);
        await studio.AddAsync(clip, c => c with { Parent = clip.Handle, Master = clip.Handle });

        bin.Put([], [await ItemAsync("clip-1"), await ItemAsync("clip-2")], isAgreed: false);

        Assert.Empty(studio.Library.Assets.Search(new AssetQuery()));
    }

    [Fact]
    public async Task What_an_open_job_reads_is_not_deleted()
    {
        await studio.StillAsync(64, 64);
        var queued = TestDatabase.Paid(0) with
        {
            Request = new AnimateRequest { Image = "still-1", Move = CameraMove.PushIn, Width = 64, Height = 64 },
        };
        studio.Test.Queue.Submit(queued, new Approval(null, null), fresh: false);

        var e = await Assert.ThrowsAsync<I2VException>(() => DeleteAsync("still-1", isAgreed: true));

        Assert.Contains("job-1", e.Message, StringComparison.Ordinal);
        Assert.Contains("cancel_job", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_thirty_days_the_file_goes_unless_something_living_needs_its_bytes()
    {
        var free = await studio.StillAsync(64, 64, "free.png");
        var logo = await studio.StillAsync(48, 48, "logo.png");
        var clip = await studio.ClipAsync(64, 64, 1);
        await studio.AddAsync(clip, c => c with { Master = clip.Handle, Recipe = Logo(logo) });
        foreach (var handle in new[] { "still-1", "still-2", "clip-1" })
        {
            await DeleteAsync(handle, isAgreed: true);
        }

        studio.Time.Pass(TimeSpan.FromDays(29));
        Assert.Equal(0, await bin.PurgeAsync(CancellationToken.None));
        studio.Time.Pass(TimeSpan.FromDays(2));
        Assert.Equal(1, await bin.PurgeAsync(CancellationToken.None));

        Assert.False(File.Exists(studio.Library.PathOf(free)));
        Assert.True(File.Exists(studio.Library.PathOf(logo)) && File.Exists(studio.Library.PathOf(clip)), "a recipe needs them");
        Assert.False(bin.Restore(await ItemAsync("still-1")));
        Assert.Contains(
            "emptied",
            (await Assert.ThrowsAsync<I2VException>(() => UseAsync("still-1"))).Message,
            StringComparison.Ordinal);
        await DeleteAsync("clip-2");
        studio.Time.Pass(TimeSpan.FromDays(31));
        Assert.Equal(3, await bin.PurgeAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Bytes_that_are_brought_in_again_are_out_of_the_bin_or_new_once_it_is_emptied()
    {
        var path = await studio.MakeAsync("a.png", "-f lavfi -i color=red:s=64x64 -frames:v 1");
        await UseAsync(path);
        await DeleteAsync("still-1");

        Assert.Equal("still-1", (await UseAsync(path)).Handle.ToString());
        await DeleteAsync("still-1");
        studio.Time.Pass(TimeSpan.FromDays(31));
        await bin.PurgeAsync(CancellationToken.None);
        Assert.Equal("still-2", (await UseAsync(path)).Handle.ToString());
    }

    [Fact]
    public async Task Elements_and_presets_go_and_come_back_by_name()
    {
        var still = await studio.StillAsync(64, 64);
        studio.Elements.Save(new Element("Glow", "amber", [still.Handle]), "shop", mayChangeOthers: false);
        studio.Presets.Save(new Preset("glow", "", "glide", "push_in", 0.3, "linear"), "shop", mayChangeOthers: false);
        var (element, preset) = (await ItemAsync("element:glow"), await ItemAsync("preset:Glow"));

        bin.Put([element, preset], [], isAgreed: false);

        Assert.Equal(("shop", "shop"), (element.Owner, preset.Owner));
        Assert.Empty(studio.Elements.All());
        Assert.Empty(studio.Presets.All());
        bin.Restore(element);
        Assert.Equal("Glow", Assert.Single(studio.Elements.All()).Name);
        await Assert.ThrowsAsync<I2VException>(() => ItemAsync("glow"));
        await Assert.ThrowsAsync<I2VException>(() => ItemAsync("hero_push"));
    }

    [Fact]
    public async Task A_name_star_note_and_verdict_are_kept_with_the_asset()
    {
        var marks = new Marking(studio.Test.Database, studio.Time);
        await studio.StillAsync(64, 64);
        var item = await ItemAsync("still-1");

        marks.Rename(item, "Hero");
        marks.Star(item, on: true);
        marks.Note(item, "for Spain");
        marks.Judge(item, "keep");
        marks.Hide(item, on: true);

        var asset = studio.Library.Assets.Get(new AssetHandle(Media.Formats.MediaKind.Still, 1));
        Assert.Equal(
            ("Hero", true, "for Spain", "keep", true),
            (asset.Title, asset.Marks.IsStarred, asset.Marks.Note, asset.Marks.Verdict, asset.Marks.HiddenAt is not null));
        Assert.Empty(studio.Library.Assets.Search(new AssetQuery { OnlyStarred = true }));
        marks.Hide(item, on: false);
        Assert.Single(studio.Library.Assets.Search(new AssetQuery { OnlyStarred = true, Words = ["Spain"] }));
    }

    private static JsonArray Logo(Asset still) => [new JsonObject { ["op"] = "logo", ["image"] = still.Handle.ToString() }];

    private Task<LibraryItem> ItemAsync(string said) => items.FindAsync(said, Caller.OfThisMachine, CancellationToken.None);

    private Task<Asset> UseAsync(string reference) =>
        studio.References.ResolveAsync(reference, null, "image", Caller.OfThisMachine, CancellationToken.None);

    private async Task DeleteAsync(string said, bool isAgreed = false)
    {
        var item = await ItemAsync(said);
        bin.Put([item], [item], isAgreed);
    }
}
