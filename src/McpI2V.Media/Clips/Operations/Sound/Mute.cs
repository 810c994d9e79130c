namespace McpI2V.Media.Clips.Operations.Sound;

/// <summary>Removes the sound.</summary>
internal sealed record Mute : IClipOperation
{
    public string Name => "mute";

    public static IClipOperation Read(OperationReader reader) => new Mute();

    public ClipShape Apply(ClipShape before) => before with { HasAudio = false };

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        if (clip.Audio is not null)
        {
            graph.Raw($"[{clip.Audio}]anullsink");
        }
        return clip with { Audio = null, Shape = Apply(clip.Shape) };
    }
}
