namespace McpI2V.Media.Text;

/// <summary>What lies behind the letters.</summary>
public enum TextPlate
{
    /// <summary>Nothing, or as much of a soft scrim as the picture makes necessary.</summary>
    None,

    /// <summary>One shape that follows the lines.</summary>
    Block,

    /// <summary>One shape with round ends around all lines.</summary>
    Pill,
}
