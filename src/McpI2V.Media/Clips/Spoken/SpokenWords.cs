using System.Runtime.InteropServices;

namespace McpI2V.Media.Clips.Spoken;

/// <summary>Spoken words, and when they are seen.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct SpokenWords(ClipSpan Seen, string Text);
