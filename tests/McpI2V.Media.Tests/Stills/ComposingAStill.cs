using System.Text;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Grading;
using McpI2V.Media.Stills;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Tests.Stills;

public sealed class ComposingAStill : IDisposable
{
    private const string Red = "#ff0000";
    private const string Blue = "#0000ff";
    private readonly Workshop workshop = new();

    public void Dispose() => workshop.Dispose();

    [Theory]
    [InlineData(0, Red)]
    [InlineData(1, Blue)]
    public async Task A_crop_stays_close_to_the_focus(double x, string seen)
    {
        var picture = await workshop.FieldsAsync("wide.png", 400, 200, "red", "blue");

        var made = await ComposeAsync(new() { Size = new(200, 200), Picture = picture, Focus = (x, 0.5) });

        Assert.Equal(new PixelSize(200, 200), made.Size);
        made.ShouldShow(seen, 0.1, 0.5);
        made.ShouldShow(seen, 0.9, 0.5);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(340)]
    public async Task A_crop_keeps_the_subject_where_nobody_says_what(int x)
    {
        var made = await workshop.MakeAsync(
            "disc.png",
            "-f", "lavfi", "-i", FormattableString.Invariant($"color=c=gray:s=400x200,format=rgb24,") +
                FormattableString.Invariant($"geq=r='if(lt(hypot(X-{x},Y-100),50),255,128)':g='if(lt(hypot(X-{x},Y-100),50),0,128)':") +
                FormattableString.Invariant($"b='if(lt(hypot(X-{x},Y-100),50),0,128)'"),
            "-frames:v", "1");
        var picture = new StillSource(made, MediaFormat.Png, new(400, 200), 1, HasAlpha: false);

        var cropped = await ComposeAsync(new() { Size = new(100, 200), Picture = picture });

        cropped.ShouldShow(Red, 0.5, 0.5);
        cropped.ShouldShow("#808080", 0.5, 0.05);
    }

    [Theory]
    [InlineData(TextPosition.Top, 0.15)]
    [InlineData(TextPosition.Bottom, 0.85)]
    public async Task A_crop_leaves_room_for_the_title_where_the_picture_has_some(TextPosition position, double y)
    {
        var tall = await workshop.MakeAsync(
            "tall.png",
            "-f", "lavfi", "-i", "color=c=gray:s=200x400,format=rgb24,drawbox=x=70:y=100:w=60:h=200:c=blue:t=fill", "-frames:v", "1");
        var picture = new StillSource(tall, MediaFormat.Png, new(200, 400), 1, HasAlpha: false);
        var title = new TextCue("i", TimeSpan.Zero, TimeSpan.FromSeconds(1), position, TextStyle.Clean);

        var without = await ComposeAsync(new() { Size = new(200, 250), Picture = picture });
        var with = await ComposeAsync(new() { Size = new(200, 250), Picture = picture, Texts = [title] });

        without.ShouldShow(Blue, 0.37, y);
        with.ShouldShow("#808080", 0.37, y);
        with.ShouldShow(Blue, 0.37, 0.5);
    }

    [Theory]
    [InlineData(CanvasFit.ExtendBlur)]
    [InlineData(CanvasFit.ExtendMirror)]
    [InlineData(CanvasFit.ExtendColour)]
    [InlineData(CanvasFit.Pad)]
    public async Task Every_fit_but_a_crop_shows_the_whole_picture_in_the_middle(CanvasFit fit)
    {
        var picture = await workshop.FieldsAsync("wide.png", 400, 200, "red", "blue");

        var made = await ComposeAsync(new() { Size = new(200, 400), Picture = picture, Fit = fit });

        Assert.Equal(new PixelSize(200, 400), made.Size);
        made.ShouldShow(Red, 0.1, 0.5);
        made.ShouldShow(Blue, 0.9, 0.5);
    }

    [Fact]
    public async Task A_mirrored_picture_goes_on_from_its_edges()
    {
        var picture = await StackedAsync("red", "blue", new(400, 200));

        var made = await ComposeAsync(new() { Size = new(200, 300), Picture = picture, Fit = CanvasFit.ExtendMirror });

        // It stands from a third to two thirds; above it begins again with what is at its upper edge, below with its lower one.
        made.ShouldShow(Blue, 0.5, 0.08);
        made.ShouldShow(Red, 0.5, 0.25);
        made.ShouldShow(Red, 0.5, 0.4);
        made.ShouldShow(Blue, 0.5, 0.6);
        made.ShouldShow(Blue, 0.5, 0.75);
        made.ShouldShow(Red, 0.5, 0.92);
    }

    [Theory]
    [InlineData(200, 400)]
    [InlineData(400, 100)]
    public async Task A_picture_is_continued_by_the_colours_of_its_edges_without_a_seam(int width, int height)
    {
        var path = await workshop.MakeAsync(
            "soft.png",
            "-f", "lavfi",
            "-i", "color=s=200x160,format=rgb24,geq=r='170+X/4':g='140+Y/4':b='110',drawbox=x=80:y=60:w=40:h=40:c=red:t=fill",
            "-frames:v", "1");
        var picture = new StillSource(path, MediaFormat.Png, new(200, 160), 1, HasAlpha: false);

        var made = await ComposeAsync(new() { Size = new(width, height), Picture = picture, Fit = CanvasFit.ExtendColour });

        made.ShouldShow(Red, 0.5, 0.5);
        // Along a line through the middle of an edge nothing jumps, and nothing red is met again.
        var across = width > height;
        var line = Enumerable.Range(1, 98).Select(i => across ? made.At(i / 100.0, 0.15) : made.At(0.15, i / 100.0)).ToList();
        Assert.All(line.Zip(line.Skip(1)), pair => Assert.InRange(pair.Second.Red - pair.First.Red, -6, 6));
        var added = Enumerable.Range(1, 30).Select(i => across ? made.At(i / 100.0, 0.5) : made.At(0.5, i / 100.0));
        Assert.DoesNotContain(added, c => c.Green < 90);
    }

    [Fact]
    public async Task The_line_between_wall_and_floor_goes_on_where_a_picture_is_extended_by_its_colours()
    {
        var picture = await StackedAsync("gray", "blue", new(200, 400));

        var made = await ComposeAsync(new() { Size = new(400, 400), Picture = picture, Fit = CanvasFit.ExtendColour });

        foreach (var x in new[] { 0.2, 0.8 })
        {
            made.ShouldShow("#808080", x, 0.47);
            made.ShouldShow(Blue, x, 0.53);
        }
    }

    [Fact]
    public async Task Padding_is_the_backdrop()
    {
        var picture = await workshop.FieldsAsync("wide.png", 400, 200, "red");
        var backdrop = new Backdrop(new Colour(255, 255, 255), new Colour(0, 0, 0), null);

        var made = await ComposeAsync(new() { Size = new(200, 400), Picture = picture, Fit = CanvasFit.Pad, Backdrop = backdrop });

        made.ShouldShow("#ffffff", 0.5, 0.02);
        made.ShouldShow("#000000", 0.5, 0.98);
        made.ShouldShow(Red, 0.5, 0.5);
    }

    [Fact]
    public async Task A_turned_photo_is_composed_upright()
    {
        var stored = await workshop.FieldsAsync("stored.jpg", 400, 200, "red", "blue");
        // Its first column belongs at the top.
        var picture = stored with { Size = new(200, 400), Orientation = 6 };

        var made = await ComposeAsync(new() { Size = new(200, 400), Picture = picture });

        made.ShouldShow(Red, 0.5, 0.1);
        made.ShouldShow(Blue, 0.5, 0.9);
    }

    [Fact]
    public async Task A_reflection_shows_the_foot_upside_down_and_fades()
    {
        var path = await workshop.MakeAsync(
            "two.png",
            "-f", "lavfi", "-i", "color=c=red:s=100x100", "-f", "lavfi", "-i", "color=c=blue:s=100x30",
            "-filter_complex", "vstack,format=rgba", "-frames:v", "1");
        var cutOut = new StillSource(path, MediaFormat.Png, new(100, 130), 1, HasAlpha: true);
        Assert.True(Colour.TryParse("#ffffff", out var white));
        var bare = new StillComposition
        {
            Size = new(400, 400),
            Backdrop = new Backdrop(white, null, null),
            CutOuts = [new PlacedCutOut(cutOut, 0.5, 0.5, 0.5, Shadow: false)],
        };

        var made = await ComposeAsync(bare with { CutOuts = [bare.CutOuts[0] with { Reflection = true }] });
        var without = await ComposeAsync(bare);

        // The foot ends at 0.75; just below it the blue is mirrored, farther below less of it.
        var (near, far) = (made.At(0.5, 0.77), made.At(0.5, 0.84));
        Assert.InRange(near.Blue - near.Red, 50, 110);
        Assert.True(far.Red > near.Red || far.Green > near.Green, $"{near} fades to {far}");
        made.ShouldShow("#ffffff", 0.5, 0.97);
        without.ShouldShow("#ffffff", 0.5, 0.77);
    }

    [Fact]
    public async Task A_cut_out_stands_where_it_was_placed_and_its_shadow_touches_it()
    {
        // The subject fills the upper half of its picture: the rest is margin.
        var path = await workshop.MakeAsync(
            "cutout.png",
            "-f", "lavfi", "-i", "color=c=red:s=200x200,format=rgba,geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='255*lt(Y,100)'",
            "-frames:v", "1");
        var cutOut = new StillSource(path, MediaFormat.Png, new(200, 200), 1, HasAlpha: true);
        var white = new Backdrop(new Colour(255, 255, 255), null, null);
        var plain = new StillComposition
        {
            Size = new(400, 400),
            Backdrop = white,
            CutOuts = [new PlacedCutOut(cutOut, 0.5, 0.5, 0.5, Shadow: false)],
        };

        var without = await ComposeAsync(plain);
        var with = await ComposeAsync(plain with { CutOuts = [plain.CutOuts[0] with { Shadow = true }] });

        without.ShouldShow(Red, 0.5, 0.4);
        without.ShouldShow("#ffffff", 0.5, 0.52);
        without.ShouldShow("#ffffff", 0.2, 0.4);
        with.ShouldShow(Red, 0.5, 0.4);
        Assert.InRange(with.At(0.5, 0.51).Green, 0, 240);
        with.ShouldShow("#ffffff", 0.5, 0.75);
    }

    [Fact]
    public async Task A_grade_changes_the_colours_and_text_is_drawn_over_them()
    {
        var picture = await workshop.FieldsAsync("plain.png", 400, 400, "red");
        var cue = new TextCue("MMMM", TimeSpan.Zero, TimeSpan.FromSeconds(1), TextPosition.Center, TextStyle.Bold);

        var made = await ComposeAsync(new()
        {
            Size = new(400, 400),
            Picture = picture,
            Grade = new StillGrade(Looks.Of(GradeLook.Mono), GradeFinish.None),
            Texts = [cue],
        });

        var corner = made.At(0.05, 0.05);
        Assert.InRange(Math.Abs(corner.Red - corner.Blue), 0, 12);
        Assert.Contains(Enumerable.Range(0, 400), x => Math.Abs(made.At(x / 400.0, 0.5).Green - corner.Green) > 80);
    }

    [Fact]
    public async Task A_comment_is_written_into_the_file_and_nothing_of_the_photos_own()
    {
        var photo = await workshop.MakeAsync(
            "photo.jpg", "-f", "lavfi", "-i", "color=c=red:s=400x400", "-frames:v", "1", "-metadata", "comment=taken at home");
        var picture = new StillSource(photo, MediaFormat.Jpeg, new(400, 400), 1, HasAlpha: false);

        await ComposeAsync(new() { Size = new(200, 200), Picture = picture, Comment = "made by a machine \u00fc" });

        var bytes = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(workshop.At("made.jpg")));
        Assert.Contains("made by a machine \u00fc", bytes, StringComparison.Ordinal);
        Assert.DoesNotContain("taken at home", bytes, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_that_is_none_is_told()
    {
        await File.WriteAllTextAsync(workshop.At("none.jpg"), "this is no picture");
        var none = new StillSource(workshop.At("none.jpg"), MediaFormat.Jpeg, new(100, 100), 1, HasAlpha: false);

        var e = await Assert.ThrowsAsync<MediaException>(() => ComposeAsync(new() { Size = new(100, 100), Picture = none }));

        Assert.Equal(MediaFault.Unreadable, e.Fault);
    }

    // The upper half of one colour, the lower of another.
    private async Task<StillSource> StackedAsync(string upper, string lower, PixelSize size)
    {
        var half = new PixelSize(size.Width, size.Height / 2);
        var path = await workshop.MakeAsync(
            "stacked.png",
            "-f", "lavfi", "-i", $"color=c={upper}:s={half}", "-f", "lavfi", "-i", $"color=c={lower}:s={half}",
            "-filter_complex", "vstack", "-frames:v", "1");
        return new StillSource(path, MediaFormat.Png, size, 1, HasAlpha: false);
    }

    private async Task<Picture> ComposeAsync(StillComposition composition)
    {
        var path = workshop.At("made.jpg");
        var composer = new StillComposer(workshop.Ffmpeg, new TextDrawer(DrawingProgram.None));
        await composer.RenderAsync(composition, path, workshop.Work, CancellationToken.None);
        return await workshop.LookAsync(path);
    }
}
