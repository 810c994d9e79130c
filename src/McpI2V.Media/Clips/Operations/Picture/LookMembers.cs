using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>What a step may say about a look beyond the name of its style.</summary>
internal static class LookMembers
{
    private static readonly Member<string?> Font = Members.TextOrNone("font", "a typeface by its family's name, also of your own", 80);
    private static readonly Member<double?> Weight = Members.NumberOrNone("weight", "100 thin to 900 black", 100, 900);
    private static readonly Member<double?> Size = Members.NumberOrNone("size", "of the letters, in percent of the short side", 1.5, 30);
    private static readonly Member<double?> Tracking = Members.NumberOrNone("tracking", "between letters, in thousandths", -100, 500);
    private static readonly Member<double?> LineHeight = Members.NumberOrNone("line_height", "1.2 is usual", 0.7, 2.5);
    private static readonly Member<TextCase?> Case = Members.ChoiceOrNone<TextCase>("case", "how capitals are used", isFine: true);
    private static readonly Member<Colour?> Colour = Members.ColourOrNone("colour", "of the letters");
    private static readonly Member<Colour?> Gradient = Members.ColourOrNone("gradient", "into which it runs downwards");
    private static readonly Member<double?> Outline = Members.NumberOrNone("outline", "in percent of the letters' size", 0, 20);
    private static readonly Member<Colour?> OutlineColour = Members.ColourOrNone("outline_colour", "of the outline");
    private static readonly Member<double?> Shadow = Members.NumberOrNone("shadow", "0 is none", 0, 1);
    private static readonly Member<TextPlate?> Plate = Members.ChoiceOrNone<TextPlate>(
        "plate",
        "one shape behind all lines",
        isFine: true);
    private static readonly Member<Colour?> PlateColour = Members.ColourOrNone("plate_colour", "of that shape");
    private static readonly Member<Colour?> Accent = Members.ColourOrNone("accent", "of the word that is spoken");

    /// <summary>All of them; what they mean is told by the schema, not in every conversation.</summary>
    public static IReadOnlyList<Member> All { get; } =
        [Font, Weight, Size, Tracking, LineHeight, Case, Colour, Gradient, Outline, OutlineColour, Shadow, Plate, PlateColour, Accent];

    /// <summary>The look of a style with what a step says differently.</summary>
    public static TextLook Read(OperationReader reader, TextStyle style)
    {
        var look = TextLooks.Of(style);
        var font = Font.Read(reader);
        var size = Size.Read(reader);
        return look with
        {
            Families = font is null ? look.Families : $"{font.Replace(",", " ", StringComparison.Ordinal)},{look.Families}",
            Weight = (int)(Weight.Read(reader) ?? look.Weight),
            Size = size ?? look.Size,
            Floor = Math.Min(look.Floor, size ?? look.Floor),
            Tracking = Tracking.Read(reader) ?? look.Tracking,
            LineHeight = LineHeight.Read(reader) ?? look.LineHeight,
            Case = Case.Read(reader) ?? look.Case,
            Colour = Colour.Read(reader) ?? look.Colour,
            Gradient = Gradient.Read(reader) ?? (Colour.Read(reader) is null ? look.Gradient : null),
            Outline = Outline.Read(reader) ?? look.Outline,
            OutlineColour = OutlineColour.Read(reader) ?? look.OutlineColour,
            Shadow = Shadow.Read(reader) ?? look.Shadow,
            Plate = Plate.Read(reader) ?? look.Plate,
            PlateColour = PlateColour.Read(reader) ?? look.PlateColour,
            Accent = Accent.Read(reader) ?? look.Accent,
        };
    }
}
