namespace McpI2V.Media.Text.Placing;

/// <summary>Something that could stand somewhere.</summary>
/// <param name="Width">Its share of the frame's width.</param>
/// <param name="Height">Its share of the frame's height.</param>
/// <param name="CentreX">Where its middle is to be, across.</param>
/// <param name="Cost">What speaks against it by itself, in the units of <see cref="PlaceFinder"/>.</param>
internal sealed record Candidate(double Width, double Height, double CentreX, double Cost);
