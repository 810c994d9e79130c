namespace McpI2V.Media.Text.Layers;

/// <summary>A rectangle of a frame in pixels.</summary>
public sealed record LayerPlace(int X, int Y, int Width, int Height);
