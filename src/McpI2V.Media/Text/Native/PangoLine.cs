using System.Runtime.InteropServices;

namespace McpI2V.Media.Text.Native;

/// <summary>The public head of Pango's PangoLayoutLine (pango-layout.h, 1.44 to 1.56).</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PangoLine
{
    public nint Layout;

    /// <summary>Where it begins in the text, in bytes of UTF-8.</summary>
    public int Start;

    /// <summary>How many bytes it has.</summary>
    public int Length;

    public nint Runs;

    /// <summary>Bit 0: first of its paragraph; bits 1 to 3: its resolved direction, 1 for right to left.</summary>
    public uint Flags;
}
