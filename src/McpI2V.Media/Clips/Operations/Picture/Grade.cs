using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Grading;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Grades the picture by a named look, by hand, or by hand on top of a look.</summary>
internal sealed record Grade(IReadOnlyList<IColourStep> Colours, GradeFinish Finish) : IGradingOperation
{
    public static OperationDefinition Definition { get; } = new(
        "grade",
        "Grades the picture by a look, by hand, or both.",
        [.. GradeMembers.All],
        reader => new Grade(GradeMembers.Colours(reader), GradeMembers.Finish(reader)));

    public string Name => Definition.Name;

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before) => graph.Grade(before(), Colours, Finish);
}
