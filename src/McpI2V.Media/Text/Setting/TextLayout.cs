using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>
/// Decides size, lines and place of all words of an order together: cues of one step stand at one place, whose choice is a matter of the
/// longest of them.
/// </summary>
internal sealed class TextLayout
{
    private const int LongestLookedAt = 3;
    private const double Smaller = 0.42;
    private static readonly double[] Sizes = [1, 0.86, 0.74, 0.62, 0.5, 0.4];

    private readonly TextOrder order;
    private readonly SafeZone zone;
    private readonly double wanted;

    private TextLayout(TextOrder order)
    {
        (this.order, zone) = (order, SafeZone.Of(order.Frame));
        wanted = order.Position switch { TextPosition.Top => 0, TextPosition.Center => 0.5, _ => 1 };
    }

    /// <summary>Each cue as it was set.</summary>
    public required IReadOnlyList<SetBlock> Blocks { get; init; }

    /// <summary>The place of all.</summary>
    public required FoundPlace Place { get; init; }

    /// <summary>Decides.</summary>
    public static TextLayout Of(TextOrder order, IReadOnlyList<Typesetter> setters, SubjectMap? subject)
    {
        var layout = new TextLayout(order) { Blocks = [], Place = null! };
        var (start, end) = (order.Cues.Min(c => c.Start), order.Cues.Max(c => c.End));
        var finder = new PlaceFinder(layout.zone, subject, order.Taken);
        var longest = setters.OrderByDescending(s => s.Text.Length).Take(LongestLookedAt).ToList();
        (FoundPlace Place, Variant Variant)? best = null;
        foreach (var variant in layout.Variants())
        {
            var blocks = longest.Select(s => layout.Fit(s, variant)).ToList();
            var candidate = layout.CandidateOf(blocks, variant);
            var found = finder.Find(candidate, layout.wanted, start, end);
            if (best is null || found.Cost < best.Value.Place.Cost - 1e-6)
            {
                best = (found, variant);
            }
            if (found.Cost < 0.02)
            {
                break;
            }
        }
        return new TextLayout(order)
        {
            Blocks = [.. setters.Select(s => layout.Fit(s, best!.Value.Variant))],
            Place = best!.Value.Place,
        };
    }

    /// <summary>Where a cue's block stands, in pixels of the frame.</summary>
    public (double X, double Y) At(SetBlock block)
    {
        var (side, up) = Rim(block);
        var (left, width) = (Place.Area.Left * order.Frame.Width, Place.Area.Width * order.Frame.Width);
        var (top, height) = (Place.Area.Top * order.Frame.Height, Place.Area.Height * order.Frame.Height);
        var x = block.Alignment switch
        {
            TextAlignment.Left => left + side,
            TextAlignment.Right => left + width - side - block.Width,
            _ => left + ((width - block.Width) / 2),
        };
        return (x, top + up + ((height - (2 * up) - block.Height) * wanted));
    }

    private IEnumerable<Variant> Variants()
    {
        var isWide = order.Frame.Ratio >= 1.2;
        var isTall = order.Frame.Ratio < 0.62;
        foreach (var size in Sizes)
        {
            yield return new Variant(size, isWide ? 0.76 : 0.86, 0.5, TextAlignment.Center, 0);
            if (isTall)
            {
                yield return new Variant(size, 0.7, 0.5, TextAlignment.Center, 0.02);
            }
            if (isWide && order.Cues.Count == 1 && !order.StaysCentred)
            {
                yield return new Variant(size, 0.4, zone.Free.Left + 0.2, TextAlignment.Left, 0.12);
                yield return new Variant(size, 0.4, zone.Free.Right - 0.2, TextAlignment.Left, 0.14);
                yield return new Variant(size, 0.28, zone.Free.Left + 0.14, TextAlignment.Left, 0.16);
                yield return new Variant(size, 0.28, zone.Free.Right - 0.14, TextAlignment.Left, 0.18);
            }
        }
    }

    private SetBlock Fit(Typesetter setter, Variant variant)
    {
        var (unit, frame, look) = (order.Frame.ShortSide / 100.0, order.Frame, order.Look);
        var size = Math.Max(Math.Min(look.Floor, look.Size), look.Size * variant.Size) * unit;
        var (side, up) = Rim(size);
        var fitting = new Fitting(
            size,
            look.Floor * unit,
            Math.Max(size, (variant.Width * frame.Width) - (2 * side)),
            ((frame.Ratio >= 1.2 ? 0.46 : 0.28) * frame.Height) - (2 * up),
            Math.Max(size, (zone.Free.Height * frame.Height) - (2 * up)),
            look.MostLines);
        return fitting.Fit(setter, variant.Alignment);
    }

    private Candidate CandidateOf(List<SetBlock> blocks, Variant variant)
    {
        var smallest = blocks.Min(b => b.Size) / (order.Look.Size * order.Frame.ShortSide / 100);
        var (side, up) = Rim(blocks.MaxBy(b => b.Size)!);
        return new Candidate(
            (blocks.Max(b => b.Width) + (2 * side)) / order.Frame.Width,
            (blocks.Max(b => b.Height) + (2 * up)) / order.Frame.Height,
            variant.CentreX,
            variant.Cost + (Smaller * Math.Max(0, 1 - smallest)));
    }

    private (double Side, double Up) Rim(SetBlock block) => Rim(block.Size);

    private (double Side, double Up) Rim(double size) => order.Look.Plate switch
    {
        TextPlate.None => (0.12 * size, 0.1 * size),
        TextPlate.Block => (0.5 * size, 0.36 * size),
        _ => (0.72 * size, 0.46 * size),
    };

    private sealed record Variant(double Size, double Width, double CentreX, TextAlignment Alignment, double Cost);
}
