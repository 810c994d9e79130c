namespace McpI2V.Media.Camera;

/// <summary>All that there is to know of one move.</summary>
/// <param name="Move">Its name.</param>
/// <param name="Phrase">The move as a generative model is told it, to be followed by its pace.</param>
/// <param name="Words">A regular expression for the words by which people ask for it; case does not matter.</param>
/// <param name="Pose">The camera at a moment of it.</param>
public sealed record CameraMoveDefinition(CameraMove Move, string Phrase, string Words, Func<MoveMoment, CameraPose> Pose)
{
    /// <summary>False if "slowly" or "fast" says nothing of it.</summary>
    public bool HasPace { get; init; } = true;

    /// <summary>Where a still longer than the frame is crossed to, each axis -1, 0 or 1; both 0: it is not.</summary>
    public (int X, int Y) Across { get; init; }

    /// <summary>True if it can go from one part of the still to another.</summary>
    public bool Travels { get; init; } = true;
}
