namespace McpI2V.Media.Text.Drawing;

/// <summary>Where the lines of a block meet.</summary>
internal enum TextAlignment
{
    Left,
    Center,
    Right,
}
