using System.Runtime.InteropServices;

namespace McpI2V.Media.Text.Native;

/// <summary>A rectangle in Pango's units, 1024 to the pixel.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PangoRectangle
{
    public int X;
    public int Y;
    public int Width;
    public int Height;
}
