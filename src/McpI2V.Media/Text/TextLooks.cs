using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text;

/// <summary>The look of each style. All faces are in Debian's packages under the OFL or the Apache licence.</summary>
public static class TextLooks
{
    private static readonly Colour White = new(255, 255, 255);
    private static readonly Colour Ink = new(20, 20, 22);

    /// <summary>The look of a style.</summary>
    public static TextLook Of(TextStyle style) => style switch
    {
        TextStyle.Boxed => new()
        {
            Families = "Inter",
            Weight = 600,
            Size = 5.8,
            Tracking = -8,
            LineHeight = 1.42,
            Colour = White,
            Plate = TextPlate.Block,
            PlateColour = Ink,
            PlateOpacity = 0.92,
        },
        TextStyle.Bold => new()
        {
            Families = "Manrope,Inter",
            Weight = 800,
            Size = 9.6,
            Tracking = -28,
            LineHeight = 1.06,
            Shadow = 0.45,
        },
        TextStyle.Light => new()
        {
            Families = "Inter",
            Weight = 600,
            Size = 5.8,
            Tracking = -8,
            LineHeight = 1.42,
            Colour = Ink,
            Plate = TextPlate.Block,
            PlateColour = White,
            PlateOpacity = 0.96,
        },
        TextStyle.Caption => new()
        {
            Families = "Inter",
            Weight = 700,
            Size = 5.2,
            Tracking = -6,
            LineHeight = 1.22,
            Shadow = 0.5,
            MostLines = 3,
            Floor = 3,
        },
        TextStyle.Small => new()
        {
            Families = "Inter",
            Weight = 500,
            Size = 3,
            LineHeight = 1.3,
            Colour = White,
            Plate = TextPlate.Pill,
            PlateColour = Ink,
            PlateOpacity = 0.78,
            MostLines = 3,
            Floor = 2.4,
        },
        TextStyle.Editorial => new()
        {
            Families = "EB Garamond,Noto Serif",
            Weight = 400,
            Size = 10.4,
            Tracking = -6,
            LineHeight = 1.02,
            Shadow = 0.25,
        },
        TextStyle.Caps => new()
        {
            Families = "Inter",
            Weight = 500,
            Size = 4.4,
            Tracking = 170,
            LineHeight = 1.55,
            Case = TextCase.Upper,
            Shadow = 0.35,
            Floor = 2.8,
        },
        TextStyle.Poster => new()
        {
            Families = "Bebas Neue,Yanone Kaffeesatz,Inter",
            Weight = 700,
            Size = 17,
            Tracking = 8,
            LineHeight = 0.9,
            Case = TextCase.Upper,
            Shadow = 0.3,
            Floor = 4,
        },
        TextStyle.Script => new()
        {
            Families = "Dancing Script",
            Weight = 700,
            Size = 11.5,
            LineHeight = 1.05,
            Shadow = 0.35,
            Floor = 4.4,
        },
        TextStyle.Pill => new()
        {
            Families = "Quicksand,Inter",
            Weight = 700,
            Size = 5.2,
            LineHeight = 1.24,
            Colour = Ink,
            Plate = TextPlate.Pill,
            PlateColour = White,
        },
        TextStyle.Slab => new()
        {
            Families = "Roboto Slab,Noto Serif",
            Weight = 700,
            Size = 7.6,
            Tracking = -8,
            LineHeight = 1.14,
            Shadow = 0.4,
        },
        TextStyle.Gradient => new()
        {
            Families = "League Spartan,Manrope,Inter",
            Weight = 700,
            Size = 9.4,
            Tracking = -14,
            LineHeight = 1.1,
            Gradient = new(255, 196, 128),
            Shadow = 0.45,
        },
        TextStyle.Outline => new()
        {
            Families = "League Spartan,Manrope,Inter",
            Weight = 800,
            Size = 11.5,
            Tracking = 6,
            LineHeight = 0.98,
            Case = TextCase.Upper,
            Hollow = true,
            Shadow = 0.3,
            Floor = 5,
        },
        _ => new()
        {
            Families = "Inter",
            Weight = 600,
            Size = 6.8,
            Tracking = -16,
            LineHeight = 1.16,
            Shadow = 0.4,
        },
    };
}
