using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Stills;

/// <summary>What lies behind: a colour, a gradient from top to bottom, or a picture.</summary>
/// <param name="Top">The colour, or the gradient's upper one.</param>
/// <param name="Bottom">The gradient's lower colour; null for one colour.</param>
/// <param name="Picture">A picture that fills the frame instead; null for none.</param>
public sealed record Backdrop(Colour Top, Colour? Bottom, StillSource? Picture)
{
    /// <summary>A studio's light grey sweep.</summary>
    public static readonly Backdrop Studio = new(new Colour(247, 246, 244), new Colour(214, 211, 206), null);
}
