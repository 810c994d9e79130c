namespace McpI2V.Media.Camera;

/// <summary>How a shot came from its first still to its last.</summary>
public enum StillEnding
{
    /// <summary>Both show the same thing, and one camera went from the one's frame to the other's.</summary>
    Matched,

    /// <summary>They show different things: the camera whipped from the one to the other at half time.</summary>
    Whipped,
}
