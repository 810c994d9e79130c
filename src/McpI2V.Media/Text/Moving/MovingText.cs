using McpI2V.Media.Text.Layers;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Moving;

/// <summary>A painted text that comes, stays while its words are spoken, and goes.</summary>
internal sealed class MovingText
{
    private const double LongestEntrance = 0.55;
    private const double Exit = 0.28;
    private const double FirstOrLastFrame = 0.05;
    private const double MostOfItsTime = 0.6;
    private readonly PaintedText painted;
    private readonly SetBlock block;
    private readonly TextMotion motion;
    private readonly TextHighlight highlight;
    private readonly Colour accent;
    private readonly IReadOnlyList<Tile> tiles;
    private readonly IReadOnlyList<Tile> spoken;
    private readonly IReadOnlyList<double> times;
    private readonly double life;
    private readonly double stagger;
    private readonly double exit;

    /// <summary>Prepares it.</summary>
    /// <param name="setter">What set it.</param>
    /// <param name="block">As it was set.</param>
    /// <param name="painted">As it was painted.</param>
    /// <param name="wish">How it is to move.</param>
    /// <param name="accent">The colour of what is spoken.</param>
    /// <param name="seen">When it is seen, and how long the clip is, in seconds.</param>
    /// <param name="words">When each of its words begins to be spoken, in seconds; none if nobody knows.</param>
    public MovingText(
        Typesetter setter,
        SetBlock block,
        PaintedText painted,
        (TextMotion Motion, TextHighlight Highlight) wish,
        Colour accent,
        (double Start, double End, double Clip) seen,
        IReadOnlyList<double> words)
    {
        (this.painted, this.block, highlight, this.accent) = (painted, block, wish.Highlight, accent);
        life = seen.End - seen.Start;
        // The first frame is the thumbnail: what is there from the start is there at once, and what stays to the end stays.
        var (comes, goes) = (seen.Start > FirstOrLastFrame, seen.End < seen.Clip - FirstOrLastFrame);
        motion = wish.Motion is TextMotion.Auto or TextMotion.Count ? TextMotion.Fade : wish.Motion;
        exit = motion == TextMotion.None || !goes ? 0 : Math.Min(Exit, life * 0.25);
        tiles = motion switch
        {
            TextMotion.Type => Tiles.Characters(setter, block, painted),
            TextMotion.Words => Tiles.Words(setter, block, painted),
            TextMotion.Lines or TextMotion.Reveal => Tiles.Lines(block, painted),
            _ => [new Tile(0, 0, painted.Width, painted.Height, (0, painted.Width), 1)],
        };
        var one = Math.Min(motion == TextMotion.Type ? 0.001 : LongestEntrance, life * 0.35);
        EntranceOfOne = motion == TextMotion.None || (wish.Motion is TextMotion.Auto or TextMotion.Count && !comes) ? 0 : one;
        var pause = motion switch
        {
            TextMotion.Type => 0.045,
            TextMotion.Words => 0.16,
            TextMotion.Lines => 0.32,
            TextMotion.Reveal => 0.1,
            _ => 0,
        };
        stagger = tiles.Count > 1 ? Math.Min(pause, ((life * MostOfItsTime) - EntranceOfOne) / (tiles.Count - 1)) : 0;
        Entrance = EntranceOfOne + (Math.Max(0, stagger) * (tiles.Count - 1));
        spoken = highlight == TextHighlight.None ? [] : Tiles.Words(setter, block, painted);
        times = words.Count == (motion == TextMotion.Words ? tiles.Count : spoken.Count) ? [.. words.Select(w => w - seen.Start)] : [];
        if (motion == TextMotion.Words && times.Count > 0)
        {
            Entrance = Math.Clamp(times[^1], 0, life) + EntranceOfOne;
        }
    }

    /// <summary>How long it takes to be there.</summary>
    public double Entrance { get; }

    /// <summary>When it begins to go.</summary>
    public double Leaving => life - exit;

    private double EntranceOfOne { get; }

    /// <summary>The moments between coming and going at which something about it changes.</summary>
    public IEnumerable<double> Changes()
    {
        if (times.Count > 0)
        {
            foreach (var time in times)
            {
                yield return time;
            }
            yield break;
        }
        var letters = (double)spoken.Sum(t => t.Letters + 1);
        var before = 0;
        foreach (var tile in spoken)
        {
            yield return life * before / letters;
            before += tile.Letters + 1;
        }
    }

    /// <summary>Draws it as it is at a moment after it came.</summary>
    public void Draw(Canvas canvas, double at, double x, double y)
    {
        var going = exit > 0 ? Math.Clamp((life - at) / exit, 0, 1) : 1;
        var gone = Easing.InAndOut(going);
        var size = block.Size;
        if (painted.Plate is { } plate)
        {
            // The plate is there before the letters; where it moves as a whole, with them.
            var (dx, dy, scale, alpha) = tiles.Count == 1 ? State(tiles[0], 0, at) : (0, 0, 1, Faded(Math.Min(EntranceOfOne, 0.25), at));
            Lay(canvas, plate, null, (x + dx, y + dy), scale, alpha * gone);
        }
        if (Current(at) is >= 0 and var current && highlight == TextHighlight.Box && EntranceOfOne + stagger <= at + 1e-6)
        {
            Mark(canvas, spoken[current], x, y, gone);
        }
        for (var i = 0; i < tiles.Count; i++)
        {
            var (dx, dy, scale, alpha) = State(tiles[i], i, at);
            if (alpha > 0)
            {
                var clip = tiles.Count == 1 ? null : tiles[i];
                if (motion == TextMotion.Reveal)
                {
                    Reveal(canvas, tiles[i], x, y, dy, gone);
                    continue;
                }
                Lay(canvas, painted.Letters, clip, (x + dx, y + dy - ((1 - gone) * 0.12 * size)), scale, alpha * gone);
            }
        }
        Speak(canvas, at, x, y - ((1 - gone) * 0.12 * size), gone);
    }

    /// <summary>Draws another text where this one stands, middle on middle: a number on its way.</summary>
    public void DrawInstead(Canvas canvas, PaintedText other, double at, double x, double y)
    {
        var alpha = Faded(EntranceOfOne, at);
        (x, y) = (x + ((painted.Width - other.Width) / 2.0), y + ((painted.Height - other.Height) / 2.0));
        if (other.Plate is { } plate)
        {
            Lay(canvas, plate, null, (x, y), 1, alpha);
        }
        Lay(canvas, other.Letters, null, (x, y), 1, alpha);
    }

    private void Speak(Canvas canvas, double at, double x, double y, double alpha)
    {
        var current = Current(at);
        if (painted.Marked is not { } marked || current < 0)
        {
            return;
        }
        for (var i = highlight == TextHighlight.Karaoke ? 0 : current; i <= current; i++)
        {
            Lay(canvas, marked, spoken[i], (x, y), 1, alpha);
        }
    }

    private void Mark(Canvas canvas, Tile word, double x, double y, double alpha)
    {
        var rim = 0.16 * block.Size;
        var line = block.Lines.First(l => painted.Margin + l.Baseline <= word.Bottom && painted.Margin + l.Baseline >= word.Top);
        var (top, bottom) = (painted.Margin + line.Baseline - (0.86 * block.Size), painted.Margin + line.Baseline + (0.28 * block.Size));
        var shape = new SetBlock(
            block.Size,
            [new SetLine(0, word.Ink.To - word.Ink.From, bottom - top, bottom - top, 0, 0, 0, false)],
            0,
            0)
        {
            WrapWidth = 0,
            Wrap = TextWrap.BetweenWords,
            Alignment = TextAlignment.Left,
        };
        canvas.SetColour(accent, alpha);
        PlateShape.Trace(canvas.Context, shape, x + word.Ink.From, y + top, (rim, 0), 0.22 * block.Size, stepped: false);
        Cairo.Fill(canvas.Context);
    }

    private int Current(double at)
    {
        if (times.Count > 0)
        {
            return spoken.Count == times.Count ? times.Count(t => t <= at + 1e-6) - 1 : -1;
        }
        var letters = (double)spoken.Sum(t => t.Letters + 1);
        var before = 0;
        for (var i = 0; i < spoken.Count; i++)
        {
            before += spoken[i].Letters + 1;
            if (at < life * before / letters)
            {
                return i;
            }
        }
        return spoken.Count - 1;
    }

    // A word comes when it is spoken, where that is known.
    private double Delay(int index) =>
        motion == TextMotion.Words && times.Count > 0 ? Math.Max(0, times[index]) : index * Math.Max(0, stagger);

    private double Faded(double during, double at) => during <= 0 ? 1 : Easing.InAndOut(Math.Clamp(at / during, 0, 1));

    private (double X, double Y, double Scale, double Alpha) State(Tile tile, int index, double at)
    {
        var came = EntranceOfOne <= 0 ? 1 : Math.Clamp((at - Delay(index)) / EntranceOfOne, 0, 1);
        var fade = Easing.InAndOut(Math.Min(1, came * 1.6));
        var size = block.Size;
        return motion switch
        {
            TextMotion.None => (0, 0, 1, 1),
            TextMotion.Rise => (0, (1 - Easing.Out(came)) * 0.75 * size, 1, fade),
            TextMotion.Words or TextMotion.Lines => (0, (1 - Easing.Out(came)) * 0.4 * size, 1, fade),
            TextMotion.Pop => (0, 0, came <= 0 ? 0 : 0.6 + (0.4 * Easing.OutAndBack(came)), Math.Min(1, came * 3)),
            TextMotion.Slide => (SlideFrom * (1 - Easing.OutSharply(came)), 0, 1, Math.Min(1, came * 2.5)),
            TextMotion.Reveal => (0, (1 - Easing.OutSharply(came)) * (tile.Bottom - tile.Top), 1, came > 0 ? 1 : 0),
            TextMotion.Type => (0, 0, 1, came >= 1 ? 1 : 0),
            _ => (0, 0, 1, Easing.InAndOut(came)),
        };
    }

    /// <summary>From how far to the side at which reading begins a text slides in.</summary>
    public double SlideFrom => block.Lines.Any(l => l.IsRightToLeft) ? SlideReach(block) : -SlideReach(block);

    /// <summary>How far a sliding text reaches beyond where it will stand.</summary>
    public static double SlideReach(SetBlock block) => 2.5 * block.Size;

    private void Reveal(Canvas canvas, Tile line, double x, double y, double down, double alpha)
    {
        Cairo.Save(canvas.Context);
        // The edge is where the line will stand, so that neighbours do not show through.
        Cairo.Rectangle(canvas.Context, x + line.Left, y + line.Top, line.Right - line.Left, line.Bottom - line.Top);
        Cairo.Clip(canvas.Context);
        Lay(canvas, painted.Letters, null, (x, y + down), 1, alpha, line);
        Cairo.Restore(canvas.Context);
    }

    private void Lay(Canvas canvas, Raster raster, Tile? clip, (double X, double Y) at, double scale, double alpha, Tile? only = null)
    {
        Cairo.Save(canvas.Context);
        Cairo.Translate(canvas.Context, at.X, at.Y);
        if (scale is not 1)
        {
            Cairo.Translate(canvas.Context, painted.Width / 2.0, painted.Height / 2.0);
            Cairo.Scale(canvas.Context, scale, scale);
            Cairo.Translate(canvas.Context, -painted.Width / 2.0, -painted.Height / 2.0);
        }
        if ((clip ?? only) is { } part)
        {
            Cairo.Rectangle(canvas.Context, part.Left, part.Top, part.Right - part.Left, part.Bottom - part.Top);
            Cairo.Clip(canvas.Context);
        }
        canvas.Lay(raster, 0, 0, alpha);
        Cairo.Restore(canvas.Context);
    }
}
