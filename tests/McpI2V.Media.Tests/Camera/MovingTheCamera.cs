using McpI2V.Media.Camera;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Camera;

public sealed class MovingTheCamera
{
    private static readonly PixelSize Still = new(1350, 2400);
    private static readonly PixelSize Frame = new(1080, 1920);
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(5);

    public static TheoryData<CameraMove> Moves => [.. Enum.GetValues<CameraMove>()];

    [Fact]
    public void Every_move_has_one_row() => Assert.Equal(Enum.GetValues<CameraMove>(), CameraMoves.All.Select(r => r.Move).Order());

    [Theory]
    [MemberData(nameof(Moves))]
    public void No_move_looks_past_the_edge_of_the_still(CameraMove move)
    {
        foreach (var easing in new[] { Easing.EaseInOut, Easing.Back })
        {
            StaysInside(new CameraPath(move, 1, easing, Loops: false, Seed: 7));
        }
    }

    [Theory]
    [InlineData(Easing.Expo, 0.02, 1.0001)]
    [InlineData(Easing.Back, 0.52, 1.08)]
    public void An_easing_with_punch_begins_and_ends_where_any_other_does(Easing easing, double atAQuarter, double farthest)
    {
        var path = new CameraPath(CameraMove.PanRight, 1, easing, Loops: false, Seed: 0);
        double Way(double time) => (path.At(time, Length).Yaw / 0.3) + 0.5;

        Assert.Equal(0, Way(0), 6);
        Assert.Equal(1, Way(1), 6);
        Assert.InRange(Way(0.25), 0, atAQuarter);
        Assert.InRange(Enumerable.Range(0, 101).Max(i => Way(i / 100.0)), 1, farthest);
    }

    private static void StaysInside(CameraPath path)
    {
        var framing = Framing.FromPath(Still, Frame, path, Length, (0.5, 0.5));
        for (var i = 0; i <= 300; i++)
        {
            var homography = framing.See(path.At(i / 300.0, Length));
            foreach (var (u, v) in new[] { (0, 0), (1080, 0), (0, 1920), (1080, 1920) })
            {
                var (x, y) = homography.Map(u, v);
                Assert.InRange(x, -1.5, Still.Width + 1.5);
                Assert.InRange(y, -1.5, Still.Height + 1.5);
            }
        }
    }

    [Theory]
    [InlineData(CameraMove.PanLeft, -1, 0)]
    [InlineData(CameraMove.PanRight, 1, 0)]
    [InlineData(CameraMove.TruckLeft, -1, 0)]
    [InlineData(CameraMove.TruckRight, 1, 0)]
    [InlineData(CameraMove.TiltUp, 0, -1)]
    [InlineData(CameraMove.TiltDown, 0, 1)]
    [InlineData(CameraMove.PedestalUp, 0, -1)]
    [InlineData(CameraMove.CraneDown, 0, 1)]
    public void Left_and_up_are_the_cameras(CameraMove move, int sideways, int down)
    {
        var path = new CameraPath(move, 0.5, Easing.Linear, Loops: false, Seed: 0);
        var framing = Framing.FromPath(Still, Frame, path, Length, (0.5, 0.5));

        var (startX, startY) = framing.See(path.At(0, Length)).Map(540, 960);
        var (endX, endY) = framing.See(path.At(1, Length)).Map(540, 960);

        Assert.Equal(sideways, Math.Abs(endX - startX) < 1 ? 0 : Math.Sign(endX - startX));
        Assert.Equal(down, Math.Abs(endY - startY) < 1 ? 0 : Math.Sign(endY - startY));
    }

    [Fact]
    public void An_orbit_to_the_left_brings_the_left_of_the_subject_closer()
    {
        var path = new CameraPath(CameraMove.OrbitLeft, 1, Easing.Linear, Loops: false, Seed: 0);
        var framing = Framing.FromPath(Still, Frame, path, Length, (0.5, 0.5));
        var homography = framing.See(path.At(1, Length));

        // Closer means larger: one pixel of the frame covers less of the still.
        var left = homography.Map(100, 961).Y - homography.Map(100, 960).Y;
        var right = homography.Map(980, 961).Y - homography.Map(980, 960).Y;

        Assert.True(left < right, $"{left} against {right}");
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void A_loop_ends_where_it_began(CameraMove move)
    {
        var path = new CameraPath(move, 1, Easing.EaseInOut, Loops: true, Seed: 3);

        var (start, end) = (path.At(0, Length), path.At(1, Length));

        Assert.Equal(start.Zoom, end.Zoom, 6);
        Assert.Equal(start.ShiftX, end.ShiftX, 6);
        Assert.Equal(start.ShiftY, end.ShiftY, 6);
        Assert.Equal(start.Yaw + start.Orbit + start.Roll, end.Yaw + end.Orbit + end.Roll, 6);
    }

    [Fact]
    public void A_push_in_needs_no_margin_and_grows_evenly()
    {
        var path = new CameraPath(CameraMove.PushIn, 1, Easing.Linear, Loops: false, Seed: 0);
        var framing = Framing.FromPath(Still, Frame, path, Length, (0.5, 0.5));

        Assert.Equal(1, framing.Closeness, 6);
        var growth = Enumerable.Range(1, 10).Select(i => path.At(i / 10.0, Length).Zoom / path.At((i - 1) / 10.0, Length).Zoom).ToList();
        Assert.All(growth, g => Assert.Equal(growth[0], g, 9));
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void A_crash_zoom_stands_then_closes_in_within_half_a_second_whatever_the_length(double seconds)
    {
        var path = new CameraPath(CameraMove.CrashZoom, 1, Easing.Linear, Loops: false, Seed: 0);
        double ZoomAt(double second) => path.At(second / seconds, TimeSpan.FromSeconds(seconds)).Zoom;
        var start = 0.3 * seconds;

        Assert.Equal(1, ZoomAt(0), 6);
        Assert.InRange(ZoomAt(start), 1, 1.05);
        Assert.InRange(ZoomAt(start + 0.5), 1.8, 2);
        Assert.Equal(2, ZoomAt(seconds), 2);
    }
}
