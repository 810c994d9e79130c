namespace McpI2V.Media.Camera;

/// <summary>How a move starts and stops.</summary>
public enum Easing
{
    Linear,
    EaseIn,
    EaseOut,

    /// <summary>Starts and ends gently; the default.</summary>
    EaseInOut,

    /// <summary>Waits, goes all at once, and waits.</summary>
    Expo,

    /// <summary>Goes a little too far and settles.</summary>
    Back,

    /// <summary>A speed ramp: comes in fast, lingers in the middle, leaves fast.</summary>
    Ramp,
}
