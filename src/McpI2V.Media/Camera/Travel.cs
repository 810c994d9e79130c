using McpI2V.Media.Camera.Matching;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera;

/// <summary>A straight way of the frame over a still, from one window to another: a camera that lands where it was told to.</summary>
public sealed record Travel
{
    // A part of the still that is named by its middle alone is seen this close at the most, to have it in the middle of the frame.
    private const double ClosestToPoint = 2.2;

    // At the usual strength a pan crosses the whole still.
    private const double StrengthOfWhole = 0.5;
    private readonly CameraPose from;
    private readonly CameraPose to;

    private Travel(CameraPose from, CameraPose to) => (this.from, this.to) = (from, to);

    /// <summary>True if it goes to where the still has ended and another one goes on.</summary>
    public bool LooksPast { get; private init; }

    /// <summary>The way that a shot takes over a still; null: its move is one around where the subject is.</summary>
    /// <param name="shot">The shot.</param>
    /// <param name="still">The still's size.</param>
    public static Travel? Of(CameraShot shot, PixelSize still)
    {
        var windows = new Windows(still, shot.Size);
        var whole = windows.Whole(shot.Focus);
        if (shot.Start is null && shot.End is null)
        {
            return Room(still, shot.Size, shot.Path) is { } room ? windows.Across(whole, room) : null;
        }
        var growth = Growth(shot.Path, shot.Duration);
        var gain = Math.Max(growth, 1 / growth);
        Window? start = shot.Start is { } first ? windows.On(first, gain) : null;
        Window? end = shot.End is { } last ? windows.On(last, gain) : null;
        // A push in that begins on a part goes on into it, a pull out that ends on one comes out of it.
        return windows.Between(
            start ?? (growth < 1 ? end!.Value.Closer(gain) : whole),
            end ?? (growth > 1 ? start!.Value.Closer(gain) : whole));
    }

    /// <summary>True if a move goes across the still, because it is that much longer than the frame.</summary>
    public static bool Crosses(PixelSize still, PixelSize frame, CameraPath path) => Room(still, frame, path) is not null;

    /// <summary>One way over two stills that show the same thing, from the frame of the first to the frame of the last.</summary>
    /// <param name="shot">The shot.</param>
    /// <param name="last">The size of the last still.</param>
    /// <param name="match">Where the thing stands in both.</param>
    internal static (Travel First, Travel Last) Over(CameraShot shot, PixelSize last, StillMatch match)
    {
        var (windows, lastWindows) = (new Windows(shot.Still.Size, shot.Size), new Windows(last, shot.Size));
        var from = shot.Start is { } start ? windows.On(start, 1) : windows.Whole(shot.Focus);
        var to = shot.End is { } end ? lastWindows.On(end, 1) : lastWindows.Whole(shot.Focus);
        var first = shot.Still.Size.Width;
        // Places are matched in shares of each still's width.
        var toInFirst = new Window(
            ((to.X / last.Width) - match.ShiftX) / match.Scale * first,
            ((to.Y / last.Width) - match.ShiftY) / match.Scale * first,
            to.Width / last.Width / match.Scale * first);
        var fromInLast = new Window(
            ((match.Scale * from.X / first) + match.ShiftX) * last.Width,
            ((match.Scale * from.Y / first) + match.ShiftY) * last.Width,
            match.Scale * from.Width / first * last.Width);
        return (
            windows.Between(from, toInFirst) with { LooksPast = true },
            lastWindows.Between(fromInLast, to) with { LooksPast = true });
    }

    /// <summary>The pose at a moment.</summary>
    public CameraPose At(MoveMoment moment)
    {
        var way = moment.Path.Move == CameraMove.CrashZoom ? moment.Crash : moment.Way;
        // The zoom grows evenly to the eye, and the centre with the window's width: a straight line to one vanishing point.
        var growth = to.Zoom / from.Zoom;
        var zoom = from.Zoom * Math.Pow(growth, way);
        var done = Math.Abs(growth - 1) < 1e-6 ? way : (1 - Math.Pow(growth, -way)) / (1 - (1 / growth));
        var pose = new CameraPose(
            zoom,
            from.ShiftX + ((to.ShiftX - from.ShiftX) * done),
            from.ShiftY + ((to.ShiftY - from.ShiftY) * done));
        if (moment.Path.Move != CameraMove.Handheld)
        {
            return pose;
        }
        var hand = HandheldSway.At(moment);
        return hand with { Zoom = zoom, ShiftX = pose.ShiftX + (hand.ShiftX / zoom), ShiftY = pose.ShiftY + (hand.ShiftY / zoom) };
    }

    // How much larger things are at the move's end than at its beginning.
    private static double Growth(CameraPath path, TimeSpan duration)
    {
        var pose = CameraMoves.Of(path.Move).Pose;
        return pose(new MoveMoment(path, 1, duration, 1)).Zoom / pose(new MoveMoment(path, 0, duration, 0)).Zoom;
    }

    // How far a pan goes, in pixels of the still; null if that is no farther than the move reaches by itself.
    private static (double X, double Y)? Room(PixelSize still, PixelSize frame, CameraPath path)
    {
        var (directionX, directionY) = CameraMoves.Of(path.Move).Across;
        var windows = new Windows(still, frame);
        var share = Math.Min(1, path.Strength / StrengthOfWhole);
        var x = directionX * share * (still.Width - windows.Widest);
        var y = directionY * share * (still.Height - (windows.Widest / frame.Ratio));
        var reach = CameraMoves.Reach * path.Strength;
        return Math.Abs(x) > reach * windows.Widest || Math.Abs(y) > reach * windows.Widest / frame.Ratio ? (x, y) : null;
    }

    private readonly record struct Window(double X, double Y, double Width)
    {
        public Window Closer(double gain) => this with { Width = Width / gain };
    }

    // Windows of the frame's shape, in pixels of the still.
    private readonly record struct Windows(PixelSize Still, PixelSize Frame)
    {
        public double Widest => Math.Min(Still.Width, Still.Height * Frame.Ratio);

        public Window Whole((double X, double Y) focus) => At(focus.X * Still.Width, focus.Y * Still.Height, Widest);

        public Window At(double x, double y, double width) => new(
            Within(x, width, Still.Width),
            Within(y, width / Frame.Ratio, Still.Height),
            width);

        public Window On(FramedPart part, double gain)
        {
            var (x, y) = (part.Centre.X * Still.Width, part.Centre.Y * Still.Height);
            var width = part.IsPoint
                ? Math.Max(Math.Min(Widest / gain, Centred(x, y)), Widest / ClosestToPoint)
                : Math.Max((part.Right - part.Left) * Still.Width, (part.Bottom - part.Top) * Still.Height * Frame.Ratio);
            return At(x, y, Math.Min(width, Widest));
        }

        public Travel Across(Window whole, (double X, double Y) room)
        {
            // Both ends are inside.
            var x = Within(whole.X, whole.Width + Math.Abs(room.X), Still.Width);
            var y = Within(whole.Y, (whole.Width / Frame.Ratio) + Math.Abs(room.Y), Still.Height);
            return Between(
                whole with { X = x - (room.X / 2), Y = y - (room.Y / 2) },
                whole with { X = x + (room.X / 2), Y = y + (room.Y / 2) });
        }

        public Travel Between(Window from, Window to) => new(Pose(from), Pose(to));

        private CameraPose Pose(Window window) => new(
            Widest / window.Width,
            (window.X - (Still.Width / 2.0)) / Widest,
            (window.Y - (Still.Height / 2.0)) / (Widest / Frame.Ratio));

        private double Centred(double x, double y) => 2 * Math.Min(
            Math.Min(x, Still.Width - x),
            Math.Min(y, Still.Height - y) * Frame.Ratio);

        private static double Within(double centre, double length, double side) =>
            length >= side ? side / 2 : Math.Clamp(centre, length / 2, side - (length / 2));
    }
}
