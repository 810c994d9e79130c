namespace McpI2V.Media.Text.Drawing;

/// <summary>Lines of one size, set under each other.</summary>
/// <param name="Size">The letters' size in pixels.</param>
/// <param name="Lines">The lines.</param>
/// <param name="Width">The widest line's width.</param>
/// <param name="Height">From the top of the first line to the foot of the last.</param>
internal sealed record SetBlock(double Size, IReadOnlyList<SetLine> Lines, double Width, double Height)
{
    /// <summary>The width into which it was set.</summary>
    public required double WrapWidth { get; init; }

    /// <summary>Where its lines were broken.</summary>
    public required TextWrap Wrap { get; init; }

    /// <summary>Where its lines meet.</summary>
    public required TextAlignment Alignment { get; init; }

    /// <summary>True if the letters had to be smaller than the look wants them.</summary>
    public bool IsShrunk { get; init; }

    /// <summary>True if they had to be smaller than is read with ease.</summary>
    public bool IsTooSmall { get; init; }
}
