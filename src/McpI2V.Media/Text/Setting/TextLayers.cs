using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Moving;
using McpI2V.Media.Text.Native;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>Carries an order out: sets, places, colours, paints, moves, and writes the layer that ffmpeg lays over the picture.</summary>
internal static class TextLayers
{
    /// <summary>Draws into a work folder.</summary>
    /// <exception cref="MediaException">Pango or Cairo is missing (<see cref="MediaFault.ToolMissing"/>).</exception>
    public static TextResult Draw(TextOrder order, string folder)
    {
        if (TypographyLibraries.Missing is { } missing)
        {
            throw new MediaException(MediaFault.ToolMissing, $"{missing} is not here, and text is set by it. Install Pango (apt install " +
                "libpangocairo-1.0-0, brew install pango) and run ./i2v doctor.");
        }
        if (order.Cues.Count == 0)
        {
            return new TextResult();
        }
        if (order.Fonts is { } fonts && Directory.Exists(fonts))
        {
            UserFonts.Add(fonts);
        }
        var cues = Cues.InOrder(order.Cues);
        var setters = cues.Select(c => new Typesetter(c.Text, order.Look)).ToList();
        try
        {
            var seen = Enumerable.Range(0, cues.Count).Where(i => !setters[i].IsEmpty).ToList();
            return seen.Count == 0
                ? new TextResult { Notes = ["of the text nothing can be seen: it holds no letters"] }
                : Draw(order with { Cues = [.. seen.Select(i => cues[i])] }, [.. seen.Select(i => setters[i])], folder);
        }
        finally
        {
            setters.ForEach(s => s.Dispose());
        }
    }

    private static TextResult Draw(TextOrder order, List<Typesetter> setters, string folder)
    {
        var frames = order.Pictures is { } pictures
            ? new SmallFrames(order.PictureSize, order.PictureSeconds, File.ReadAllBytes(Path.Combine(folder, pictures)))
            : null;
        var (start, end) = (order.Cues.Min(c => c.Start), order.Cues.Max(c => c.End));
        var subject = frames is null ? null : SubjectMap.Of(frames, start, end);
        var layout = TextLayout.Of(order, setters, subject);
        List<PlacedCue> placed = [];
        var contrast = double.MaxValue;
        foreach (var (i, cue) in order.Cues.Index())
        {
            var block = layout.Blocks[i];
            var (x, y) = layout.At(block);
            var area = AreaOf(order, block, x, y);
            var behind = frames is null ? null : Backing.Of(frames, area, cue.Start, cue.End);
            var (ink, reads) = TextInks.Of(order.Look, behind);
            contrast = Math.Min(contrast, reads);
            placed.Add(new PlacedCue(cue, setters[i], block, ink, x, y));
        }
        var place = LayerWriter.Write(order, placed, folder);
        return new TextResult
        {
            Place = place,
            Taken = [.. placed.Select(p => new TakenArea(Stands(order, layout, p), p.Cue.Start, p.Cue.End))],
            Size = layout.Blocks.Min(b => b.Size),
            Contrast = contrast,
            Covers = layout.Place.Covers,
            Moved = TextNotes.Moved(order, layout),
            Notes = [.. TextNotes.Of(order, layout, setters, frames is null ? null : contrast)],
        };
    }

    private static Area AreaOf(TextOrder order, SetBlock block, double x, double y) => new(
        x / order.Frame.Width,
        y / order.Frame.Height,
        (x + block.Width) / order.Frame.Width,
        (y + block.Height) / order.Frame.Height);

    private static Area Stands(TextOrder order, TextLayout layout, PlacedCue cue)
    {
        var area = AreaOf(order, cue.Block, cue.X, cue.Y);
        return order.Look.Plate == TextPlate.None ? area : layout.Place.Area;
    }
}
