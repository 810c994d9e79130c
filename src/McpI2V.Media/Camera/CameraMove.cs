namespace McpI2V.Media.Camera;

/// <summary>
/// Camera moves in the vocabulary of the field. "Left" and "up" are the camera's: in a pan left the camera turns left and the scene slides
/// right.
/// </summary>
public enum CameraMove
{
    /// <summary>A fixed camera with a drift so light that the frame stays alive.</summary>
    LockedOff,
    PushIn,
    PullOut,
    PanLeft,
    PanRight,
    TiltUp,
    TiltDown,
    TruckLeft,
    TruckRight,
    PedestalUp,
    PedestalDown,

    /// <summary>The camera circles the subject to the left, looking at it: a perspective turn.</summary>
    OrbitLeft,
    OrbitRight,

    /// <summary>The camera rises on an arm and looks down at the subject.</summary>
    CraneUp,
    CraneDown,
    RollLeft,
    RollRight,

    /// <summary>The camera stands, then closes in within a blink, bounces once and creeps on: a hook.</summary>
    CrashZoom,

    /// <summary>An operator's hands: small, slow, never repeating.</summary>
    Handheld,

    /// <summary>A cut-out and its background travel at different speeds.</summary>
    Parallax,
}
