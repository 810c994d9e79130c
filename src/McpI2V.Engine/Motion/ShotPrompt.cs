namespace McpI2V.Engine.Motion;

/// <summary>
/// The prompt of a clip as a generative model gets it: what moves, then the camera in the field's words. Never the scene: the still shows
/// it.
/// </summary>
public static class ShotPrompt
{
    private static readonly Dictionary<string, string> Cameras = new(StringComparer.Ordinal)
    {
        ["locked_off"] = "Static camera on a tripod, locked off",
        ["push_in"] = "The camera pushes in",
        ["pull_out"] = "The camera pulls out",
        ["pan_left"] = "The camera pans left",
        ["pan_right"] = "The camera pans right",
        ["tilt_up"] = "The camera tilts up",
        ["tilt_down"] = "The camera tilts down",
        ["truck_left"] = "The camera trucks left",
        ["truck_right"] = "The camera trucks right",
        ["pedestal_up"] = "The camera rises straight up",
        ["pedestal_down"] = "The camera lowers straight down",
        ["orbit_left"] = "The camera orbits left around the subject",
        ["orbit_right"] = "The camera orbits right around the subject",
        ["crane_up"] = "The camera cranes up",
        ["crane_down"] = "The camera cranes down",
        ["roll_left"] = "The camera rolls left",
        ["roll_right"] = "The camera rolls right",
        ["handheld"] = "Handheld camera with slight natural sway",
        ["parallax"] = "The camera slides sideways, the foreground moving before the background",
    };

    /// <summary>The prompt of a shot.</summary>
    /// <param name="prompt">What moves, in the user's words; may be empty.</param>
    /// <param name="move">The camera's move, as the tools spell it.</param>
    /// <param name="strength">How much of it, 0 to 1.</param>
    /// <param name="isMoveWanted">True if the user named the move; else it is said only where the prompt is empty.</param>
    public static string Compose(string prompt, string move, double strength, bool isMoveWanted)
    {
        var motion = prompt.Trim();
        if ((!isMoveWanted && motion.Length > 0) || !Cameras.TryGetValue(move, out var camera))
        {
            return motion;
        }
        var pace = move is "locked_off" or "handheld"
            ? ""
            : strength <= 0.35 ? ", slowly and smoothly" : strength >= 0.8 ? ", fast" : ", smoothly";
        return motion.Length == 0 ? $"{camera}{pace}. Subtle, continuous motion; one shot." : $"{motion.TrimEnd('.')}. {camera}{pace}.";
    }
}
