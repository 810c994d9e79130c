namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Fades picture and sound from black at the start and to black at the end.</summary>
internal sealed record Fade(TimeSpan In, TimeSpan Out) : IClipOperation
{
    public string Name => "fade";

    public static IClipOperation Read(OperationReader reader)
    {
        var (fadeIn, fadeOut) = (reader.Time("in_seconds") ?? TimeSpan.Zero, reader.Time("out_seconds") ?? TimeSpan.Zero);
        return fadeIn + fadeOut == TimeSpan.Zero
            ? throw OperationReader.Fault("give in_seconds, out_seconds or both")
            : new Fade(fadeIn, fadeOut);
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
