using McpI2V.Media.Camera;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Camera;

public sealed class GoingFromPartToPart
{
    private static readonly PixelSize Wide = new(3000, 2000);
    private static readonly PixelSize Frame = new(1080, 1920);
    private static readonly FramedPart Label = new(0.6, 0.5, 0.7, 0.6);

    [Theory]
    [InlineData(CameraMove.PanRight, 0, 3000)]
    [InlineData(CameraMove.TruckLeft, 3000, 0)]
    public void A_pan_crosses_a_photo_wider_than_the_frame_from_edge_to_edge(CameraMove move, double first, double last)
    {
        var shot = Shot(Wide, move);

        var (start, end) = (View(shot, 0), View(shot, 1));

        var (leading, trailing) = first < last ? (start.Left, end.Right) : (start.Right, end.Left);
        Assert.Equal(first, leading, 1e-6);
        Assert.Equal(last, trailing, 1e-6);
        Assert.Equal(2000, start.Bottom - start.Top, 1e-6);
    }

    [Fact]
    public void A_tilt_crosses_a_photo_higher_than_the_frame()
    {
        var shot = Shot(new PixelSize(1000, 3000), CameraMove.TiltDown, frame: new PixelSize(1920, 1080));

        Assert.Equal(0, View(shot, 0).Top, 1e-6);
        Assert.Equal(3000, View(shot, 1).Bottom, 1e-6);
    }

    [Fact]
    public void A_pan_of_less_strength_goes_less_far_around_the_focus()
    {
        var shot = Shot(Wide, CameraMove.PanRight, strength: 0.25) with { Focus = (0.5, 0.5) };

        var gone = View(shot, 1).Left - View(shot, 0).Left;

        Assert.Equal((3000 - 1125) / 2.0, gone, 1e-6);
        Assert.Equal(1500, (View(shot, 0).Left + View(shot, 1).Right) / 2, 1e-6);
    }

    [Fact]
    public void A_photo_of_the_frames_shape_is_panned_as_ever()
    {
        var shot = Shot(new PixelSize(1350, 2400), CameraMove.PanRight);

        Assert.Null(shot.PathOver(shot.Still.Size).Travel);
    }

    [Fact]
    public void A_push_in_ends_on_the_part_that_was_named()
    {
        var shot = Shot(Frame, CameraMove.PushIn) with { End = Label };

        var (start, end) = (View(shot, 0), View(shot, 1));

        Assert.Equal(1080, start.Right - start.Left, 1e-6);
        Assert.Equal(0.6 * 1080, end.Left, 1e-6);
        Assert.Equal(0.7 * 1080, end.Right, 1e-6);
        Assert.Equal(0.5 * 1920, end.Top, 1e-6);
    }

    [Fact]
    public void A_point_that_was_named_stands_in_the_middle_at_the_end()
    {
        var shot = Shot(Frame, CameraMove.PanRight) with { End = new FramedPart(0.7, 0.4, 0.7, 0.4) };

        var end = View(shot, 1);

        Assert.Equal(0.7 * 1080, (end.Left + end.Right) / 2, 1e-6);
        Assert.Equal(0.4 * 1920, (end.Top + end.Bottom) / 2, 1e-6);
        Assert.Equal(0.6 * 1080, end.Right - end.Left, 1e-6);
    }

    [Fact]
    public void A_point_at_the_edge_is_come_as_near_as_the_still_allows()
    {
        var shot = Shot(Frame, CameraMove.PushIn) with { End = new FramedPart(1, 0.5, 1, 0.5) };

        var end = View(shot, 1);

        Assert.Equal(1080, end.Right, 1e-6);
        Assert.Equal(1080 / 2.2, end.Right - end.Left, 1e-6);
    }

    [Fact]
    public void A_push_in_that_begins_on_a_part_goes_on_into_it_and_a_pull_out_comes_out_of_one()
    {
        var push = Shot(Frame, CameraMove.PushIn) with { Start = Label };
        var pull = Shot(Frame, CameraMove.PullOut) with { Start = Label };

        Assert.Equal(1.25, Width(push, 0) / Width(push, 1), 1e-6);
        Assert.Equal(10, Width(pull, 1) / Width(pull, 0), 1e-6);
    }

    [Theory]
    [InlineData(Easing.EaseInOut)]
    [InlineData(Easing.Back)]
    [InlineData(Easing.Ramp)]
    public void No_travel_looks_past_the_edge(Easing easing)
    {
        foreach (var move in CameraMoves.All.Where(m => m.Travels).Select(m => m.Move))
        {
            var shot = Shot(Wide, move, strength: 1, easing: easing) with { Start = new(0, 0, 0.2, 0.2), End = new(1, 1, 1, 1) };
            for (var i = 0; i <= 200; i++)
            {
                var seen = View(shot, i / 200.0);
                Assert.True(
                    seen.Left >= -1.5 && seen.Top >= -1.5 && seen.Right <= 3001.5 && seen.Bottom <= 2001.5,
                    $"{move} at {i}: {seen}");
            }
        }
    }

    [Fact]
    public void The_window_grows_evenly_to_the_eye_towards_one_point()
    {
        var shot = Shot(Wide, CameraMove.PullOut, easing: Easing.Linear) with { Start = Label };
        var widths = Enumerable.Range(0, 21).Select(i => Width(shot, i / 20.0)).ToList();
        var growth = widths.Zip(widths.Skip(1), (a, b) => b / a).ToList();

        Assert.All(growth, g => Assert.Equal(growth[0], g, 1e-9));
        // Every window's left edge lies on the line from the first one's to the last one's.
        var (first, last) = (View(shot, 0), View(shot, 1));
        var middle = View(shot, 0.5);
        var done = (Width(shot, 0.5) - widths[0]) / (widths[^1] - widths[0]);
        Assert.Equal(first.Left + ((last.Left - first.Left) * done), middle.Left, 1e-6);
    }

    [Fact]
    public void A_speed_ramp_is_fast_at_both_ends_and_lingers_in_the_middle()
    {
        var shot = Shot(Wide, CameraMove.PanRight, easing: Easing.Ramp);
        double Step(double at) => View(shot, at + 0.01).Left - View(shot, at - 0.01).Left;

        Assert.True(Step(0.02) > 8 * Step(0.5) && Step(0.98) > 8 * Step(0.5), $"{Step(0.02)} {Step(0.5)} {Step(0.98)}");
        Assert.Equal(1875, View(shot, 1).Left, 1e-6);
    }

    [Fact]
    public async Task A_pan_shows_the_one_edge_first_and_the_other_last()
    {
        using var workshop = new Workshop();
        var still = await workshop.FieldsAsync("wide.jpg", 900, 400, "red", "lime", "blue");
        var shot = Shot(still.Size, CameraMove.PanRight, frame: new PixelSize(216, 384)) with
        {
            Still = still,
            Duration = TimeSpan.FromSeconds(1),
        };

        await new CameraRenderer(workshop.Ffmpeg).RenderAsync(shot, workshop.At("pan.mp4"), workshop.Work, CancellationToken.None);

        (await workshop.LookAsync(workshop.At("pan.mp4"))).ShouldShow("#ff0000", 0.5, 0.5);
        var last = await workshop.MakeAsync("last.png", "-i", workshop.At("pan.mp4"), "-vf", "reverse", "-frames:v", "1");
        (await workshop.LookAsync(last)).ShouldShow("#0000ff", 0.5, 0.5);
    }

    [Fact]
    public async Task An_open_shutter_smears_what_moves_along_its_way_alone_and_leaves_a_still_frame_sharp()
    {
        using var workshop = new Workshop();
        var still = await workshop.FieldsAsync("wide.jpg", 900, 400, "black", "white");
        var shot = Shot(still.Size, CameraMove.PanRight, frame: new PixelSize(216, 384)) with
        {
            Still = still,
            Duration = TimeSpan.FromSeconds(1),
        };

        // At half time the edge crosses the middle of the frame at its fastest, 35 pixels a frame.
        Assert.InRange(await EdgeAsync(workshop, shot, 15), 0, 4);
        Assert.InRange(await EdgeAsync(workshop, shot with { ShutterDegrees = 180 }, 15), 14, 22);
        Assert.InRange(await EdgeAsync(workshop, shot with { ShutterDegrees = 360 }, 15), 29, 41);
        Assert.Equal(await FrameAsync(workshop, shot, 0), await FrameAsync(workshop, shot with { ShutterDegrees = 360 }, 0));
    }

    // How many pixels of a line are neither black nor white.
    private static async Task<int> EdgeAsync(Workshop workshop, CameraShot shot, int number) =>
        (await FrameAsync(workshop, shot, number)).AsSpan(216 * 192, 216).ToArray().Count(v => v is > 30 and < 220);

    private static async Task<byte[]> FrameAsync(Workshop workshop, CameraShot shot, int number)
    {
        var frame = new Frame(shot.Size);
        (await FrameSource.OpenAsync(workshop.Ffmpeg, shot, workshop.Work, CancellationToken.None)).Draw(number, frame);
        return frame.Packed;
    }

    private static CameraShot Shot(
        PixelSize still,
        CameraMove move,
        double strength = 0.5,
        Easing easing = Easing.EaseInOut,
        PixelSize? frame = null) => new()
    {
        Still = new StillSource("still.jpg", MediaFormat.Jpeg, still, 1, HasAlpha: false),
        Path = new CameraPath(move, strength, easing, Loops: false, Seed: 0),
        Duration = TimeSpan.FromSeconds(5),
        Size = frame ?? Frame,
    };

    private static double Width(CameraShot shot, double time) => View(shot, time).Right - View(shot, time).Left;

    private static (double Left, double Top, double Right, double Bottom) View(CameraShot shot, double time)
    {
        var path = shot.PathOver(shot.Still.Size);
        var framing = Framing.FromPath(shot.Still.Size, shot.Size, path, shot.Duration, shot.Focus);
        var view = framing.See(path.At(time, shot.Duration));
        var (left, top) = view.Map(0, 0);
        var (right, bottom) = view.Map(shot.Size.Width, shot.Size.Height);
        return (left, top, right, bottom);
    }
}
