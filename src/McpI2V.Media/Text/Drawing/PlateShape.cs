using McpI2V.Media.Text.Layers;
using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Drawing;

/// <summary>The one shape behind all lines of a block: it follows them in steps with round corners, or goes around all of them.</summary>
internal static class PlateShape
{
    /// <summary>Adds the shape to a canvas's path.</summary>
    /// <param name="context">The canvas.</param>
    /// <param name="block">The lines.</param>
    /// <param name="x">Where the block begins.</param>
    /// <param name="y">Where the block begins.</param>
    /// <param name="padding">How far it reaches beyond the letters: to the sides, and up and down.</param>
    /// <param name="radius">Of its corners.</param>
    /// <param name="stepped">True if it follows the lines.</param>
    public static void Trace(
        nint context,
        SetBlock block,
        double x,
        double y,
        (double Side, double Up) padding,
        double radius,
        bool stepped)
    {
        var rows = Rows(block, x, y, padding, stepped, 2.2 * radius);
        var (first, last) = (rows[0], rows[^1]);
        var round = Math.Min(radius, (last.Bottom - first.Top) / 2);
        Cairo.NewPath(context);
        Cairo.MoveTo(context, first.Left + round, first.Top);
        Cairo.Arc(context, first.Right - round, first.Top + round, round, -Math.PI / 2, 0);
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            StepDown(context, rows[i].Right, rows[i + 1].Right, rows[i].Bottom, round);
        }
        Cairo.Arc(context, last.Right - round, last.Bottom - round, round, 0, Math.PI / 2);
        Cairo.Arc(context, last.Left + round, last.Bottom - round, round, Math.PI / 2, Math.PI);
        for (var i = rows.Count - 2; i >= 0; i--)
        {
            StepUp(context, rows[i + 1].Left, rows[i].Left, rows[i].Bottom, round);
        }
        Cairo.Arc(context, first.Left + round, first.Top + round, round, Math.PI, 1.5 * Math.PI);
        Cairo.ClosePath(context);
    }

    private static List<(double Left, double Right, double Top, double Bottom)> Rows(
        SetBlock block,
        double x,
        double y,
        (double Side, double Up) padding,
        bool stepped,
        double notWorthAStep)
    {
        var rows = block.Lines
            .Where(l => l.Width > 0)
            .Select(l => (
                Left: x + l.Left - padding.Side,
                Right: x + l.Left + l.Width + padding.Side,
                Top: y + l.Baseline - Math.Max(l.Above, 0.74 * block.Size) - padding.Up,
                Bottom: y + l.Baseline + Math.Max(l.Below, 0.2 * block.Size) + padding.Up))
            .ToList();
        if (rows.Count == 0)
        {
            return [(x, x, y, y)];
        }
        if (!stepped)
        {
            return [(rows.Min(r => r.Left), rows.Max(r => r.Right), rows[0].Top, rows[^1].Bottom)];
        }
        for (var i = 0; i + 1 < rows.Count; i++)
        {
            var edge = (rows[i].Bottom + rows[i + 1].Top) / 2;
            rows[i] = rows[i] with { Bottom = edge };
            rows[i + 1] = rows[i + 1] with { Top = edge };
        }
        // A step smaller than its corners looks like a slip: the lines get one width.
        for (var pass = 0; pass < rows.Count; pass++)
        {
            for (var i = 0; i + 1 < rows.Count; i++)
            {
                var (above, below) = (rows[i], rows[i + 1]);
                if (Math.Abs(above.Left - below.Left) < notWorthAStep)
                {
                    var left = Math.Min(above.Left, below.Left);
                    (above, below) = (above with { Left = left }, below with { Left = left });
                }
                if (Math.Abs(above.Right - below.Right) < notWorthAStep)
                {
                    var right = Math.Max(above.Right, below.Right);
                    (above, below) = (above with { Right = right }, below with { Right = right });
                }
                (rows[i], rows[i + 1]) = (above, below);
            }
        }
        return rows;
    }

    private static void StepDown(nint context, double from, double to, double y, double round)
    {
        var r = Math.Min(round, Math.Abs(from - to) / 2);
        if (r < 0.25)
        {
            return;
        }
        if (to < from)
        {
            Cairo.Arc(context, from - r, y - r, r, 0, Math.PI / 2);
            Cairo.ArcNegative(context, to + r, y + r, r, 1.5 * Math.PI, Math.PI);
        }
        else
        {
            Cairo.ArcNegative(context, from + r, y - r, r, Math.PI, Math.PI / 2);
            Cairo.Arc(context, to - r, y + r, r, -Math.PI / 2, 0);
        }
    }

    private static void StepUp(nint context, double from, double to, double y, double round)
    {
        var r = Math.Min(round, Math.Abs(from - to) / 2);
        if (r < 0.25)
        {
            return;
        }
        if (to > from)
        {
            Cairo.Arc(context, from + r, y + r, r, Math.PI, 1.5 * Math.PI);
            Cairo.ArcNegative(context, to - r, y - r, r, Math.PI / 2, 0);
        }
        else
        {
            Cairo.ArcNegative(context, from - r, y + r, r, 0, -Math.PI / 2);
            Cairo.Arc(context, to + r, y - r, r, Math.PI / 2, Math.PI);
        }
    }
}
