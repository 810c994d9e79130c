namespace McpI2V.Media.Text;

/// <summary>Where text stands in the frame; all three keep clear of what the apps draw over a clip.</summary>
public enum TextPosition
{
    Top,
    Center,
    Bottom,
}
