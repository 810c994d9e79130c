using System.Text;
using McpI2V.Media.Text.Drawing;

namespace McpI2V.Media.Text.Moving;

/// <summary>Cuts a painted text into lines, words or characters, in the order in which they are read.</summary>
internal static class Tiles
{
    /// <summary>One tile a line.</summary>
    public static IReadOnlyList<Tile> Lines(SetBlock block, PaintedText painted) =>
        [.. block.Lines.Select((line, i) => new Tile(
            0,
            Edge(block, painted, i),
            painted.Width,
            Edge(block, painted, i + 1),
            (painted.Margin + line.Left, painted.Margin + line.Left + line.Width),
            line.Length))];

    /// <summary>One tile a word.</summary>
    public static IReadOnlyList<Tile> Words(Typesetter setter, SetBlock block, PaintedText painted) =>
        Cut(setter, block, painted, Wording.Words(setter.Text));

    /// <summary>One tile a character.</summary>
    public static IReadOnlyList<Tile> Characters(Typesetter setter, SetBlock block, PaintedText painted) =>
        Cut(setter, block, painted, Wording.Characters(setter.Text));

    private static List<Tile> Cut(Typesetter setter, SetBlock block, PaintedText painted, IReadOnlyList<(int At, int Length)> parts)
    {
        setter.SetAgain(block);
        List<Tile> tiles = [];
        var text = setter.Text;
        for (var i = 0; i < block.Lines.Count; i++)
        {
            var line = block.Lines[i];
            List<(double From, double To, int Letters)> reaches = [];
            foreach (var (at, length) in parts)
            {
                var from = Math.Max(Encoding.UTF8.GetByteCount(text.AsSpan(0, at)), line.Start);
                var to = Math.Min(Encoding.UTF8.GetByteCount(text.AsSpan(0, at + length)), line.Start + line.Length);
                if (to <= from)
                {
                    continue;
                }
                var (left, right) = setter.Reach(i, from, to);
                if (right > left)
                {
                    reaches.Add((painted.Margin + line.Left + left, painted.Margin + line.Left + right, length));
                }
            }
            AddLine(tiles, reaches, Edge(block, painted, i), Edge(block, painted, i + 1), painted.Width);
        }
        return tiles;
    }

    private static void AddLine(List<Tile> tiles, List<(double From, double To, int Letters)> reaches, int top, int bottom, int width)
    {
        var ordered = reaches.OrderBy(r => r.From).ToList();
        foreach (var reach in reaches)
        {
            var place = ordered.IndexOf(reach);
            var left = place == 0 ? 0 : (int)Math.Round((ordered[place - 1].To + reach.From) / 2);
            var right = place == ordered.Count - 1 ? width : (int)Math.Round((reach.To + ordered[place + 1].From) / 2);
            tiles.Add(new Tile(left, top, Math.Max(left, right), bottom, (reach.From, reach.To), reach.Letters));
        }
    }

    // Between two lines halfway from what hangs below the one to what rises above the next.
    private static int Edge(SetBlock block, PaintedText painted, int line)
    {
        if (line == 0)
        {
            return 0;
        }
        if (line == block.Lines.Count)
        {
            return painted.Height;
        }
        var (above, below) = (block.Lines[line - 1], block.Lines[line]);
        return painted.Margin + (int)Math.Round((above.Baseline + above.Below + below.Baseline - below.Above) / 2);
    }
}
