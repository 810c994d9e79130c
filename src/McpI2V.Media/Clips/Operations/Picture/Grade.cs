namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Grades the picture by a named look or by hand.</summary>
internal sealed record Grade(GradeSettings Settings) : IClipOperation
{
    public string Name => "grade";

    public static IClipOperation Read(OperationReader reader)
    {
        if (reader.Has("look"))
        {
            return new Grade(GradeSettings.OfLook(reader.Choice("look", GradePreset.Natural)));
        }
        return new Grade(new GradeSettings(
            reader.Number("exposure", -2, 2) ?? 0,
            reader.Number("contrast", -1, 1) ?? 0,
            reader.Number("saturation", -1, 1) ?? 0,
            reader.Number("temperature", -1, 1) ?? 0,
            reader.Number("tint", -1, 1) ?? 0));
    }

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip with { Video = graph.Chain(clip.Video, Settings.Filters + ",format=yuv420p") };
    }
}
