using McpI2V.Engine.Generation;

namespace McpI2V.Engine.Motion;

/// <summary>The prompt of a clip as a generative model gets it: what moves, then the camera in the field's words. Never the scene: the still shows it.</summary>
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

    /// <summary>The prompt for a request.</summary>
    public static string FromRequest(AnimateRequest request)
    {
        var motion = request.Prompt.Trim();
        if ((!request.NamesCamera && motion.Length > 0) || !Cameras.TryGetValue(request.Move, out var camera))
        {
            return motion;
        }
        var pace = request.Move is "locked_off" or "handheld" ? "" : request.Strength <= 0.35 ? ", slowly and smoothly" : request.Strength >= 0.8 ? ", fast" : ", smoothly";
        return motion.Length == 0 ? $"{camera}{pace}. Subtle, continuous motion; one shot." : $"{motion.TrimEnd('.')}. {camera}{pace}.";
    }
}
