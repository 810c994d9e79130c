using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text;

/// <summary>How text is set and coloured. Lengths are shares, so that a look is the same at every size of a frame.</summary>
public sealed record TextLook
{
    /// <summary>Families in order of preference, parted by commas; the system's own follow for what they lack.</summary>
    public required string Families { get; init; }

    /// <summary>100 thin to 900 black.</summary>
    public int Weight { get; init; } = 400;

    /// <summary>The letters' size in percent of the frame's short side, where there is room for it.</summary>
    public required double Size { get; init; }

    /// <summary>True if it is slanted.</summary>
    public bool Italic { get; init; }

    /// <summary>Space added between letters, in thousandths of the size.</summary>
    public double Tracking { get; init; }

    /// <summary>From baseline to baseline, in sizes; scripts that need more get more.</summary>
    public double LineHeight { get; init; } = 1.16;

    /// <summary>How capitals are used.</summary>
    public TextCase Case { get; init; }

    /// <summary>The letters' colour; null: white or near black, whichever the picture asks for.</summary>
    public Colour? Colour { get; init; }

    /// <summary>The colour into which it runs from top to bottom; null: none.</summary>
    public Colour? Gradient { get; init; }

    /// <summary>An outline around the letters, in percent of their size.</summary>
    public double Outline { get; init; }

    /// <summary>The outline's colour; null: what is darkest against the letters.</summary>
    public Colour? OutlineColour { get; init; }

    /// <summary>True if only the contour of the letters is drawn.</summary>
    public bool Hollow { get; init; }

    /// <summary>A soft shadow, 0 to 1.</summary>
    public double Shadow { get; init; }

    /// <summary>What lies behind them.</summary>
    public TextPlate Plate { get; init; }

    /// <summary>Its colour; null: what the letters read best on.</summary>
    public Colour? PlateColour { get; init; }

    /// <summary>How much of the picture it hides, 0 to 1.</summary>
    public double PlateOpacity { get; init; } = 1;

    /// <summary>The colour of a word that is being spoken.</summary>
    public Colour Accent { get; init; } = new(255, 214, 10);

    /// <summary>Lines above which the letters rather get smaller.</summary>
    public int MostLines { get; init; } = 4;

    /// <summary>The smallest size, in percent of the frame's short side, that is still read on a phone.</summary>
    public double Floor { get; init; } = 3.4;

    /// <summary>What letters of a colour run into: dark ones, which a light picture asks for, into a darker tone of the gradient.</summary>
    public Colour? GradientFrom(Colour letters) =>
        Gradient is not { } into || Colour is not null || letters.Red + letters.Green + letters.Blue > 380
        ? Gradient
        : new Colour((byte)(into.Red * 0.55), (byte)(into.Green * 0.3), (byte)(into.Blue * 0.2));
}
