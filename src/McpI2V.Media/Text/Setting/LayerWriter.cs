using McpI2V.Media.Text.Layers;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Moving;

namespace McpI2V.Media.Text.Setting;

/// <summary>Paints cues and writes each picture that differs from the one before.</summary>
internal static class LayerWriter
{
    /// <summary>Writes the layer's file and says where it goes.</summary>
    public static LayerPlace Write(TextOrder order, IReadOnlyList<PlacedCue> cues, string folder)
    {
        var place = PlaceOf(order, cues);
        using var file = new LayerFile(Path.Combine(folder, order.Output), place.Width, place.Height, order.Pixels);
        var canvas = new Raster(place.Width, place.Height);
        if (order.FramesPerSecond <= 0)
        {
            Compose(canvas, order, cues[0], place, [(0, 0)], (_, picture) => file.Add(0, picture));
            return place;
        }
        var blank = LayerBytes.Of(canvas, order.Pixels);
        var last = -1;
        if (FrameAt(order, cues[0].Cue.Start) > 0)
        {
            file.Add(0, blank);
        }
        for (var i = 0; i < cues.Count; i++)
        {
            var cue = cues[i];
            var first = Math.Max(FrameAt(order, cue.Cue.Start), last + 1);
            var end = FrameAt(order, cue.Cue.End);
            if (end <= first)
            {
                continue;
            }
            var moments = Moments(order, cue, first, end);
            Compose(canvas, order, cue, place, moments, (frame, picture) => file.Add(TimeOf(order, frame), picture));
            last = end - 1;
            if (i + 1 == cues.Count || FrameAt(order, cues[i + 1].Cue.Start) > end)
            {
                file.Add(TimeOf(order, end), blank);
            }
        }
        return place;
    }

    // Every frame of the clip at which a cue is seen, with the time since it came.
    private static List<(int Frame, double At)> Moments(TextOrder order, PlacedCue cue, int first, int end) =>
        [.. Enumerable.Range(first, end - first).Select(f => (f, ((f + 0.5) / order.FramesPerSecond) - cue.Cue.Start))];

    private static void Compose(
        Raster canvas,
        TextOrder order,
        PlacedCue cue,
        LayerPlace place,
        List<(int Frame, double At)> moments,
        Action<int, byte[]> add)
    {
        var look = Resolved(order.Look, cue, order.Highlight);
        var painted = TextPainter.Paint(cue.Setter, cue.Block, look, cue.Ink, order.Highlight != TextHighlight.None);
        var moving = new MovingText(
            cue.Setter,
            cue.Block,
            painted,
            (order.FramesPerSecond > 0 ? order.Motion : TextMotion.None, order.Highlight),
            order.Look.Accent,
            (cue.Cue.Start, cue.Cue.End, order.FramesPerSecond > 0 ? order.Seconds : double.MaxValue),
            cue.Cue.Words);
        var counting = order.Motion == TextMotion.Count && order.FramesPerSecond > 0 ? Counting.Of(cue, look) : null;
        var changes = moving.Changes().ToList();
        var before = double.MinValue;
        foreach (var (frame, at) in moments)
        {
            var isMoving = at <= Math.Max(moving.Entrance, counting?.Seconds ?? 0) + (1 / Math.Max(1, order.FramesPerSecond))
                || at >= moving.Leaving;
            if (before > double.MinValue && !isMoving && !changes.Any(c => c > before && c <= at))
            {
                before = at;
                continue;
            }
            before = at;
            canvas.Clear();
            using (var drawing = new Canvas(canvas))
            {
                var (x, y) = (cue.X - place.X - painted.Margin, cue.Y - place.Y - painted.Margin);
                if (counting?.At(at) is { } number)
                {
                    moving.DrawInstead(drawing, number, at, x, y);
                }
                else
                {
                    moving.Draw(drawing, at, x, y);
                }
            }
            add(frame, LayerBytes.Of(canvas, order.Pixels));
        }
    }

    // On a shape of the accent's colour a word has the colour that reads there.
    private static TextLook Resolved(TextLook look, PlacedCue cue, TextHighlight highlight)
    {
        if (highlight == TextHighlight.Box)
        {
            var isLight = Placing.Backing.Luminance(look.Accent) > 0.3;
            return look with { Accent = isLight ? new Colour(20, 20, 22) : new Colour(255, 255, 255) };
        }
        // Beside dark letters, which stand on something light, a light accent would be lost.
        return !cue.Ink.IsLight && Placing.Backing.Luminance(look.Accent) > 0.3 ? look with { Accent = new Colour(190, 60, 10) } : look;
    }

    private static LayerPlace PlaceOf(TextOrder order, IReadOnlyList<PlacedCue> cues)
    {
        double left = double.MaxValue, top = double.MaxValue, right = 0, bottom = 0;
        foreach (var cue in cues)
        {
            var margin = TextPainter.Margin(cue.Block);
            var side = margin + (order.Motion == TextMotion.Slide ? MovingText.SlideReach(cue.Block) : 0);
            (left, top) = (Math.Min(left, cue.X - side), Math.Min(top, cue.Y - margin));
            (right, bottom) = (Math.Max(right, cue.X + cue.Block.Width + side), Math.Max(bottom, cue.Y + cue.Block.Height + margin));
        }
        var x = Math.Clamp((int)Math.Floor(left), 0, order.Frame.Width - 2) / 2 * 2;
        var y = Math.Clamp((int)Math.Floor(top), 0, order.Frame.Height - 2) / 2 * 2;
        var width = (Math.Min((int)Math.Ceiling(right), order.Frame.Width) - x) / 2 * 2;
        var height = (Math.Min((int)Math.Ceiling(bottom), order.Frame.Height) - y) / 2 * 2;
        return new LayerPlace(x, y, Math.Max(2, width), Math.Max(2, height));
    }

    private static int FrameAt(TextOrder order, double seconds) => (int)Math.Round(seconds * order.FramesPerSecond);

    // Half a frame early, so that no rounding of times shows it a frame late.
    private static double TimeOf(TextOrder order, int frame) => Math.Max(0, (frame - 0.5) / order.FramesPerSecond);
}
