using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text.Placing;

/// <summary>What becomes of a picture of one colour that could not be told from what is behind it.</summary>
/// <param name="Colour">The colour it takes; null: its own.</param>
/// <param name="Scrim">What is laid under it; null: nothing.</param>
/// <param name="Opacity">How much of the picture the scrim hides.</param>
public sealed record OverlayInk(Colour? Colour, Colour? Scrim, double Opacity);
