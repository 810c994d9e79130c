using McpI2V.Media.Camera;
using McpI2V.Media.Stills;

namespace McpI2V.Providers.Local;

/// <summary>A shot, and what is still to be made for it.</summary>
/// <param name="Shot">The shot.</param>
/// <param name="Painted">The backdrop behind its cut-out, to be painted; null: it is a picture.</param>
/// <param name="Split">How its still, parted into product and background, is to move; null: it is not parted.</param>
public sealed record ParallaxPlan(CameraShot Shot, Backdrop? Painted = null, CutOut? Split = null);
