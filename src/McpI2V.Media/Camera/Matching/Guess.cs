using System.Runtime.InteropServices;

namespace McpI2V.Media.Camera.Matching;

/// <summary>Where a subject may be in another picture, in shares of each one's width, and how alike it is there.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Guess(double Scale, double ShiftX, double ShiftY, double Likeness);
