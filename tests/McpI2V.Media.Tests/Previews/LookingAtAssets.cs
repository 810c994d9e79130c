using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;

namespace McpI2V.Media.Tests.Previews;

public sealed class LookingAtAssets : IDisposable
{
    private const int Plenty = 150_000;
    private readonly Workshop workshop = new();

    private PreviewRenderer Previews => new(workshop.Ffmpeg);

    public void Dispose() => workshop.Dispose();

    [Fact]
    public async Task A_still_is_shown_whole_upright_and_no_larger_than_may_be()
    {
        var stored = await workshop.FieldsAsync("stored.jpg", 2000, 1000, "red", "blue");
        var source = new PreviewSource(stored.Path, MediaFormat.Jpeg, new PixelSize(1000, 2000), Orientation: 6, TimeSpan.Zero);

        var seen = await SeeAsync((await Previews.OfAssetAsync(source, Plenty, workshop.Work, CancellationToken.None)).Jpeg);

        Assert.Equal(new PixelSize(384, PreviewRenderer.LongestSide), seen.Size);
        seen.ShouldShow("#ff0000", 0.5, 0.1);
        seen.ShouldShow("#0000ff", 0.5, 0.9);
    }

    [Fact]
    public async Task A_clip_is_shown_by_its_beginning_middle_and_end_side_by_side()
    {
        var clip = await ClipAsync("clip.mp4", "red", "lime", "blue");

        var seen = await SeeAsync((await Previews.OfAssetAsync(clip, Plenty, workshop.Work, CancellationToken.None)).Jpeg);

        Assert.True(seen.Size.LongSide <= PreviewRenderer.LongestSide, $"{seen.Size}");
        seen.ShouldShow("#ff0000", 0.17, 0.5);
        seen.ShouldShow("#00ff00", 0.5, 0.5);
        seen.ShouldShow("#0000ff", 0.83, 0.5);
    }

    [Fact]
    public async Task Moments_that_were_asked_for_are_those_that_are_shown()
    {
        var clip = await ClipAsync("clip.mp4", "red", "lime", "blue");

        var seen = await SeeAsync(await Previews.MomentsAsync(
            clip,
            [TimeSpan.FromSeconds(2.5), TimeSpan.FromSeconds(0.5)],
            Plenty,
            workshop.Work,
            CancellationToken.None));

        seen.ShouldShow("#0000ff", 0.25, 0.5);
        seen.ShouldShow("#ff0000", 0.75, 0.5);
    }

    [Fact]
    public async Task Quality_and_then_size_give_way_until_it_fits_and_what_never_fits_is_told()
    {
        var noise = await workshop.MakeAsync(
            "noise.png", "-f", "lavfi", "-i", "nullsrc=s=768x768,geq=random(1)*255:128:128", "-frames:v", "1");
        var source = new PreviewSource(noise, MediaFormat.Png, new PixelSize(768, 768), Orientation: 1, TimeSpan.Zero);

        var small = (await Previews.OfAssetAsync(source, 20_000, workshop.Work, CancellationToken.None)).Jpeg;
        var e = await Assert.ThrowsAsync<MediaException>(
            () => Previews.OfAssetAsync(source, 500, workshop.Work, CancellationToken.None));

        Assert.InRange(small.Length, 1, 20_000);
        Assert.Equal(MediaFault.ToolFailed, e.Fault);
    }

    [Fact]
    public async Task A_page_shows_every_asset_in_reading_order_with_what_it_is_under_it_and_the_rest_is_dark()
    {
        string[] colours = ["red", "lime", "blue", "white", "yellow"];
        List<SheetEntry> entries = [];
        foreach (var (i, colour) in colours.Index())
        {
            var still = await workshop.FieldsAsync($"still-{i}.jpg", 200, 200, colour);
            entries.Add(new SheetEntry(
                new PreviewSource(still.Path, MediaFormat.Jpeg, still.Size, 1, TimeSpan.Zero),
                $"{i + 1} · Glow, bottled. · push in",
                $"still-{i}"));
        }
        // A folder may be called anything: the sheet reads numbered files in it.
        var work = new MediaWork(Directory.CreateDirectory(workshop.At("100%d of {it}")).FullName);

        var size = await new ContactSheet(workshop.Ffmpeg, Previews).RenderAsync(
            entries,
            workshop.At("sheet.jpg"),
            work,
            CancellationToken.None);

        var seen = await workshop.LookAsync(workshop.At("sheet.jpg"));
        Assert.Equal(size, seen.Size);
        Assert.True(size.Width / 4 >= 180, $"a cell of four is to be at least 180 pixels wide: {size}");
        string[] expected = ["#ff0000", "#00ff00", "#0000ff", "#ffffff", "#ffff00", "#202020", "#202020", "#202020"];
        foreach (var (i, colour) in expected.Index())
        {
            seen.ShouldShow(colour, ((i % 4) + 0.5) / 4, i < 4 ? 0.2 : 0.7);
        }
        // The label of the last cell that is there, and none in the empty ones.
        Assert.True(HasLetters(seen, 1 / 8.0), "the last one has its label");
        Assert.False(HasLetters(seen, 3 / 8.0), "where nothing is, nothing is written");
        Assert.True(seen.At(7 / 8.0, 0.97) is { Green: < 60 }, "the rest of the last row is dark, also under where labels stand");
    }

    [Fact]
    public async Task A_clip_that_comes_out_of_black_and_goes_into_it_is_shown_where_it_is_to_be_seen()
    {
        var clip = (await ClipAsync("clip.mp4", "black", "red", "lime", "blue", "black")) with
        {
            FadeIn = TimeSpan.FromSeconds(1.2),
            FadeOut = TimeSpan.FromSeconds(1.2),
        };

        var seen = await SeeAsync((await Previews.OfAssetAsync(clip, Plenty, workshop.Work, CancellationToken.None)).Jpeg);

        seen.ShouldShow("#ff0000", 0.17, 0.5);
        seen.ShouldShow("#00ff00", 0.5, 0.5);
        seen.ShouldShow("#0000ff", 0.83, 0.5);
    }

    [Fact]
    public async Task What_a_preview_looks_like_is_measured_moment_by_moment()
    {
        var clip = await ClipAsync("clip.mp4", "black", "black", "white");

        var look = (await Previews.OfAssetAsync(clip, Plenty, workshop.Work, CancellationToken.None)).Look;

        Assert.Equal(1 / 3.0, look.Brightness, 0.03);
        Assert.Equal(0, look.Warmth, 0.02);
        Assert.All(look.Motion(), third => Assert.True(third > 0.9, $"black became white: {third}"));
        Assert.True(look.First().IsStill && look.First().Brightness < 0.05, "its first moment is black");
        Assert.Equal(look.ToBytes(), Look.FromBytes(look.ToBytes())!.ToBytes());
        Assert.Null(Look.FromBytes([1, 2, 3]));
    }

    private static bool HasLetters(Picture sheet, double x) =>
        (from dx in Enumerable.Range(-40, 80)
         from row in Enumerable.Range(sheet.Size.Height - 48, 48)
         where sheet.At(x + (dx / (double)sheet.Size.Width), row / (double)sheet.Size.Height).Green > 160
         select row).Any();

    private async Task<PreviewSource> ClipAsync(string name, params string[] seconds)
    {
        var inputs = seconds.SelectMany(c => new[] { "-f", "lavfi", "-i", $"color=c={c}:s=320x180:r=30:d=1" });
        var path = await workshop.MakeAsync(
            name,
            [.. inputs, "-filter_complex", $"concat=n={seconds.Length}:v=1,format=gbrp,scale=out_color_matrix=bt709,format=yuv420p",
                "-c:v", "libx264", "-colorspace", "bt709"]);
        return new PreviewSource(path, MediaFormat.Mp4, new PixelSize(320, 180), 1, TimeSpan.FromSeconds(seconds.Length));
    }

    private async Task<Picture> SeeAsync(byte[] jpeg)
    {
        await File.WriteAllBytesAsync(workshop.At("seen.jpg"), jpeg);
        return await workshop.LookAsync(workshop.At("seen.jpg"));
    }
}
