using System.Runtime.InteropServices;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>How many jobs of a lane may be done at once.</summary>
/// <param name="AtOnce">So many.</param>
/// <param name="IsOfAllNodes">True if all nodes together do so many; else each does.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct LaneRoom(int AtOnce, bool IsOfAllNodes);
