namespace McpI2V.Media.Previews;

/// <summary>A small picture of an asset, and what it looks like.</summary>
/// <param name="Jpeg">A still, or moments of a clip side by side.</param>
/// <param name="Look">The same, coarsely.</param>
public sealed record Preview(byte[] Jpeg, Look Look);
