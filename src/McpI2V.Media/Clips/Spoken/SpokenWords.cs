using System.Runtime.InteropServices;

namespace McpI2V.Media.Clips.Spoken;

/// <summary>Spoken words, and when they are seen.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpokenWords(ClipSpan Seen, string Text)
{
    /// <summary>When each word begins, in seconds of the clip on which they were set; none if nobody knows.</summary>
    public IReadOnlyList<double> Words { get; init; } = [];
}
