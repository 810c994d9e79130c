using McpI2V.Media;
using McpI2V.Media.Camera;

namespace McpI2V.Engine.Motion;

/// <summary>
/// The prompt of a clip as a generative model gets it: what moves, then the camera in the field's words. Never the scene: the still shows
/// it.
/// </summary>
public static class ShotPrompt
{
    /// <summary>The prompt of a shot.</summary>
    /// <param name="prompt">What moves, in the user's words; may be empty.</param>
    /// <param name="move">The camera's move.</param>
    /// <param name="strength">How much of it, 0 to 1.</param>
    /// <param name="isMoveWanted">True if the user named the move; else it is said only where the prompt is empty.</param>
    public static string Compose(string prompt, CameraMove move, double strength, bool isMoveWanted)
    {
        var row = CameraMoves.Of(move);
        var motion = prompt.Trim();
        if (!isMoveWanted && motion.Length > 0)
        {
            return motion;
        }
        var pace = !row.HasPace ? "" : strength <= 0.35 ? ", slowly and smoothly" : strength >= 0.8 ? ", fast" : ", smoothly";
        return motion.Length == 0
            ? $"{row.Phrase}{pace}. Subtle, continuous motion; one shot."
            : $"{motion.TrimEnd('.')}. {row.Phrase}{pace}.";
    }
}
