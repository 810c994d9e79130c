using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Fades picture and sound from black at the start and to black at the end.</summary>
internal sealed record Fade(TimeSpan In, TimeSpan Out) : ISoundOperation
{
    public static OperationDefinition Definition { get; } = new(
        "fade",
        "Fades picture and sound in from black or out to black.",
        [Takes.In, Takes.Out],
        reader =>
        {
            var fade = new Fade(Takes.In.Read(reader), Takes.Out.Read(reader));
            return fade.In + fade.Out == TimeSpan.Zero ? throw OperationReader.Fault("give in_seconds, out_seconds or both") : fade;
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<TimeSpan> In = Members.Time("in_seconds", "from black at the start");

        public static readonly Member<TimeSpan> Out = Members.Time("out_seconds", "to black at the end");
    }

    public ClipShape Apply(ClipShape before) =>
        In + Out <= before.Duration
            ? before
            : throw OperationReader.Fault($"in_seconds and out_seconds together are {(In + Out).TotalSeconds:0.##}, but the clip " +
                $"lasts {before.Duration.TotalSeconds:0.##} s");

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return graph.Both(clip, Apply(clip.Shape), Filters("fade", clip.Shape), Filters("afade", clip.Shape));
    }

    private string Filters(string filter, ClipShape shape)
    {
        List<string> filters = [];
        if (In > TimeSpan.Zero)
        {
            filters.Add($"{filter}=t=in:st=0:d={RecipeGraph.Seconds(In)}");
        }
        if (Out > TimeSpan.Zero)
        {
            filters.Add($"{filter}=t=out:st={RecipeGraph.Seconds(shape.Duration - Out)}:d={RecipeGraph.Seconds(Out)}");
        }
        return string.Join(',', filters);
    }
}
