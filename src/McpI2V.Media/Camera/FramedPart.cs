using System.Runtime.InteropServices;

namespace McpI2V.Media.Camera;

/// <summary>
/// A part of a still that the camera begins or ends on, each side 0 to 1 of the still's; a point if it has no width and no height: the
/// frame is then centred there, as wide as the still allows.
/// </summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct FramedPart(double Left, double Top, double Right, double Bottom)
{
    /// <summary>The narrowest part that is enlarged to a frame.</summary>
    public const double Narrowest = 0.05;

    /// <summary>True if only its place is said, not how much is seen.</summary>
    public bool IsPoint => Right - Left == 0 && Bottom - Top == 0;

    /// <summary>Its centre.</summary>
    public (double X, double Y) Centre => ((Left + Right) / 2, (Top + Bottom) / 2);
}
