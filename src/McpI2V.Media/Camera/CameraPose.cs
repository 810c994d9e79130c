using System.Runtime.InteropServices;

namespace McpI2V.Media.Camera;

/// <summary>Where the camera is at one moment. Angles are in radians, shifts in shares of the framed window.</summary>
/// <param name="Zoom">1 frames the whole window, 2 half of it.</param>
/// <param name="ShiftX">Sideways position, positive to the right, in window widths.</param>
/// <param name="ShiftY">Height, positive downwards, in window heights.</param>
/// <param name="Yaw">Turn to the right in place.</param>
/// <param name="Pitch">Turn downwards in place.</param>
/// <param name="Roll">Turn of the horizon, clockwise camera.</param>
/// <param name="Orbit">Angle on a circle around the subject, positive to the right, looking at it.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CameraPose(
    double Zoom = 1,
    double ShiftX = 0,
    double ShiftY = 0,
    double Yaw = 0,
    double Pitch = 0,
    double Roll = 0,
    double Orbit = 0)
{
    /// <summary>True if the view is a plain rectangle: nothing is turned.</summary>
    public bool IsUpright => Yaw == 0 && Pitch == 0 && Roll == 0 && Orbit == 0;
}
