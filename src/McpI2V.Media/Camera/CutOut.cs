using McpI2V.Media.Formats;

namespace McpI2V.Media.Camera;

/// <summary>A transparent still that stands before the background and moves faster than it.</summary>
/// <param name="Still">The picture; what is transparent in it shows the background.</param>
/// <param name="Height">Its height as a share of the frame's, 0.05 to 1.5.</param>
/// <param name="CentreX">Its centre, 0 left to 1 right.</param>
/// <param name="CentreY">Its centre, 0 top to 1 bottom.</param>
/// <param name="Speed">How much faster than the background it travels: 1 to 4.</param>
/// <param name="Shadow">True to ground it with a shadow that goes with it.</param>
public sealed record CutOut(
    StillSource Still,
    double Height = 0.75,
    double CentreX = 0.5,
    double CentreY = 0.55,
    double Speed = 2,
    bool Shadow = true);
