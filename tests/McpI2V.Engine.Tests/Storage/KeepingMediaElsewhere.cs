using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Sheets;
using McpI2V.Engine.Storage.Files;
using McpI2V.Media;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>Everything that reads media or makes them, on a store that is no folder of this machine.</summary>
public sealed class KeepingMediaElsewhere : IDisposable
{
    private readonly string root = Directory.CreateTempSubdirectory("i2v-far-").FullName;
    private readonly FarStore assets;
    private readonly FarStore previews;
    private readonly FarStore sheets;
    private readonly TestStudio studio;

    public KeepingMediaElsewhere()
    {
        assets = Store("assets");
        previews = Store("previews");
        sheets = Store("sheets");
        studio = new TestStudio(new MediaStores(assets, previews, sheets));
    }

    private int Held => assets.Held + previews.Held + sheets.Held;

    [Fact]
    public async Task What_is_brought_in_is_found_by_its_bytes_and_shown_by_its_address()
    {
        var path = await studio.MakeAsync("still.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1");

        var asset = await studio.ImportAsync(path);

        Assert.Equal(asset.Handle, (await studio.ImportAsync(path)).Handle);
        Assert.Equal("far://media/" + asset.File, studio.Library.PathOf(asset));
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
        Directory.Delete(root, recursive: true);
    }

    private FarStore Store(string name) =>
        new(Directory.CreateDirectory(Path.Combine(root, name)).FullName, Path.Combine(root, name + "-here"));

    private static JsonArray Steps(string json) => JsonNode.Parse(json)!.AsArray();
}
