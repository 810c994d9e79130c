using System.Runtime.InteropServices;

namespace McpI2V.Media.Clips;

/// <summary>A stretch of a clip's time.</summary>
/// <param name="Start">Where it begins, from the clip's start.</param>
/// <param name="End">Where it ends, after its start.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct ClipSpan(TimeSpan Start, TimeSpan End)
{
    /// <summary>True if both have a moment in common.</summary>
    public bool Overlaps(ClipSpan other) => Start < other.End && other.Start < End;
}
