using McpI2V.Media.Clips.Grammar;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Grades the picture by a named look or by hand.</summary>
internal sealed record Grade(GradeSettings Settings) : IClipOperation
{
    public static OperationDefinition Definition { get; } = new(
        "grade",
        "Grades the picture by a look or by hand.",
        [Takes.Look, Takes.Exposure, Takes.Contrast, Takes.Saturation, Takes.Temperature, Takes.Tint],
        Read);

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<GradePreset?> Look = Members.ChoiceOrNone<GradePreset>(
            "look",
            "instead of the numbers");

        public static readonly Member<double> Exposure = Members.Number("exposure", "in stops", -2, 2, 0);

        public static readonly Member<double> Contrast = Members.Number("contrast", "-1 is flat, 1 hard", -1, 1, 0);

        public static readonly Member<double> Saturation = Members.Number("saturation", "-1 is grey, 1 vivid", -1, 1, 0);

        public static readonly Member<double> Temperature = Members.Number("temperature", "-1 is cool, 1 warm", -1, 1, 0);

        public static readonly Member<double> Tint = Members.Number("tint", "-1 is green, 1 magenta", -1, 1, 0);
    }

    private static Grade Read(OperationReader reader)
    {
        var settings = new GradeSettings(
            Takes.Exposure.Read(reader),
            Takes.Contrast.Read(reader),
            Takes.Saturation.Read(reader),
            Takes.Temperature.Read(reader),
            Takes.Tint.Read(reader));
        if (Takes.Look.Read(reader) is not { } look)
        {
            return new Grade(settings);
        }
        return settings == new GradeSettings(0, 0, 0, 0, 0)
            ? new Grade(GradeSettings.OfLook(look))
            : throw OperationReader.Fault("give a look or numbers, not both");
    }

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip with { Video = graph.Chain(clip.Video, Settings.Filters + ",format=yuv420p") };
    }
}
