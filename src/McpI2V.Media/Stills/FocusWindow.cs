namespace McpI2V.Media.Stills;

/// <summary>What is kept of a picture.</summary>
/// <param name="X">How much of what is cut off lies to the left of it, 0 to 1.</param>
/// <param name="Y">How much lies above it.</param>
/// <param name="Width">Its share of the picture's width.</param>
/// <param name="Height">Its share of the picture's height.</param>
public sealed record FocusWindow(double X, double Y, double Width, double Height)
{
    /// <summary>Its middle, in shares of the picture.</summary>
    public (double X, double Y) Middle => (((1 - Width) * X) + (Width / 2), ((1 - Height) * Y) + (Height / 2));
}
