using McpI2V.Media.Formats;

namespace McpI2V.Media.Stills;

/// <summary>A transparent still laid over a picture.</summary>
/// <param name="Still">The cut-out.</param>
/// <param name="Height">Its height as a share of the frame's, 0.05 to 1.</param>
/// <param name="CentreX">Its centre, 0 left to 1 right.</param>
/// <param name="CentreY">Its centre, 0 top to 1 bottom.</param>
/// <param name="Shadow">True to ground it with a soft contact shadow.</param>
/// <param name="Reflection">True to show its mirror image below it.</param>
public sealed record PlacedCutOut(StillSource Still, double Height, double CentreX, double CentreY, bool Shadow, bool Reflection = false);
