using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Media.Camera;

namespace McpI2V.Providers.Local;

/// <summary>What is said of how a clip came from its first still to its last.</summary>
internal static class EndingChecks
{
    /// <summary>One line; none where there is no last still.</summary>
    public static IEnumerable<Check> Of(AnimateRequest animate, StillEnding? ending) => ending is { } found
        ? [new Check(Check.LastFrame, Ok: true, 0, 0, Said(animate, found))]
        : [];

    private static string Said(AnimateRequest animate, StillEnding ending) => ending == StillEnding.Matched
        ? $"the same thing was found in {animate.Image} and {animate.EndImage}, and one camera goes from the one's frame to the other's"
        : $"nothing was found that {animate.Image} and {animate.EndImage} share, so the camera whips from the one to the other at half " +
            "time; frames of one scene (a photo and its close-up) flow into each other";
}
