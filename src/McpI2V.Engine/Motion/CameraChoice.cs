using System.Runtime.InteropServices;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>The camera of a shot.</summary>
/// <param name="Move">The move.</param>
/// <param name="Strength">0 to 1.</param>
/// <param name="Easing">How it starts and stops.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CameraChoice(CameraMove Move, double Strength = 0.5, Easing Easing = Easing.EaseInOut);
