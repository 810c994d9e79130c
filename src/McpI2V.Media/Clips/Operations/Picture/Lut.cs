using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Formats;
using McpI2V.Media.Grading;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Colours the picture by a .cube file.</summary>
internal sealed record Lut(LutStep Step) : IGradingOperation
{
    public static OperationDefinition Definition { get; } = new(
        "lut",
        "Colours the picture by a .cube file.",
        [Takes.File, Takes.Strength],
        reader => new Lut(new LutStep(Takes.File.Read(reader), Takes.Strength.Read(reader))))
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<StillSource> File = GradeMembers.Table("file");

        public static readonly Member<double> Strength = GradeMembers.Strength("strength");
    }

    public IReadOnlyList<IColourStep> Colours => [Step];

    public GradeFinish Finish => GradeFinish.None;

    public ClipShape Apply(ClipShape before)
    {
        Step.RequireTable();
        return before;
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before) => graph.Grade(before(), Colours, Finish);
}
