using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;

namespace McpI2V.Media.Clips.Operations.Sound;

/// <summary>Removes the sound.</summary>
internal sealed record Mute : ISoundOperation
{
    public static OperationDefinition Definition { get; } = new("mute", "Removes the sound.", [], _ => new Mute())
    {
        SpeaksForItself = true,
        LeavesPicture = true,
    };

    public string Name => Definition.Name;

    public bool LeavesColours => true;

    public ClipShape Apply(ClipShape before) => before with { HasAudio = false };

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        graph.Drop(clip.Audio);
        return clip with { Audio = null, Shape = Apply(clip.Shape) };
    }
}
