using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Grading;
using McpI2V.Media.Text;

namespace McpI2V.Media.Stills;

/// <summary>A still made from what there is: a picture brought to a frame, cut-outs on a backdrop, a grade, text.</summary>
public sealed record StillComposition
{
    /// <summary>The size of the result.</summary>
    public required PixelSize Size { get; init; }

    /// <summary>The picture that fills the frame; null: only the backdrop.</summary>
    public StillSource? Picture { get; init; }

    /// <summary>How the picture fills it.</summary>
    public CanvasFit Fit { get; init; } = CanvasFit.Crop;

    /// <summary>How much closer a crop goes than it must, 1 to 4.</summary>
    public double Zoom { get; init; } = 1;

    /// <summary>What a crop keeps along each axis, 0 to 1; null: the subject.</summary>
    public (double? X, double? Y) Focus { get; init; }

    /// <summary>What lies behind cut-outs and padding.</summary>
    public Backdrop Backdrop { get; init; } = Backdrop.Studio;

    /// <summary>What is laid over it, in order.</summary>
    public IReadOnlyList<PlacedCutOut> CutOuts { get; init; } = [];

    /// <summary>The photograph whose subject is one of them, still to be cut out; null: none.</summary>
    public StillSource? CutFrom { get; init; }

    /// <summary>Where that subject stands.</summary>
    public CutOutPlace CutOutPlace { get; init; } = new(0.62, 0.5, 0.55, Shadow: true);

    /// <summary>The same with that subject.</summary>
    public StillComposition With(StillSource subject)
    {
        var widest = 0.9 * Size.Width / subject.Size.Ratio / Size.Height;
        var height = Math.Min(CutOutPlace.Height, widest);
        return this with
        {
            CutFrom = null,
            CutOuts =
            [
                new PlacedCutOut(
                    subject,
                    height,
                    CutOutPlace.CentreX,
                    CutOutPlace.CentreY,
                    CutOutPlace.Shadow,
                    CutOutPlace.Reflection),
                .. CutOuts,
            ],
        };
    }

    /// <summary>The grade; null: none.</summary>
    public StillGrade? Grade { get; init; }

    /// <summary>True if the sides from which the picture is extended are calm; the composer looks.</summary>
    internal bool HasCalmSides { get; init; }

    /// <summary>Text over everything; times are ignored.</summary>
    public IReadOnlyList<TextCue> Texts { get; init; } = [];

    /// <summary>Written into the file as its comment; null: nothing.</summary>
    public string? Comment { get; init; }

    /// <summary>How much the picture, or the cut-out that suffers most, is enlarged; 1 or less where none is.</summary>
    public double Enlargement => CutOuts
        .Select(c => c.Height * Size.Height / c.Still.Size.Height)
        .Append(Picture is { } picture ? EnlargementOf(picture.Size) : 0)
        .Max();

    private double EnlargementOf(PixelSize picture)
    {
        var (across, down) = ((double)Size.Width / picture.Width, (double)Size.Height / picture.Height);
        return Fit == CanvasFit.Crop ? Math.Max(across, down) * Zoom : Math.Min(across, down);
    }
}
