namespace McpI2V.Media.Camera;

/// <summary>How a move starts and stops.</summary>
public enum Easing
{
    Linear,
    EaseIn,
    EaseOut,

    /// <summary>Starts and ends gently; the default.</summary>
    EaseInOut,
}
