using McpI2V.Media.Grading;

namespace McpI2V.Media.Clips;

/// <summary>Several grades as one: colours go through one table and are rounded once, however many turns they were changed in.</summary>
internal sealed record FoldedGrade(IReadOnlyList<IColourStep> Colours, GradeFinish Finish) : IGradingOperation
{
    public string Name => "grade";

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before) => graph.Grade(before(), Colours, Finish);

    /// <summary>The recipe with every grade folded into the next one, where nothing between them minds.</summary>
    public static IReadOnlyList<IClipOperation> Fold(IReadOnlyList<IClipOperation> recipe)
    {
        List<IClipOperation> folded = [];
        foreach (var step in recipe)
        {
            if (step is IGradingOperation grade && Earlier(folded) is { } at)
            {
                var earlier = (IGradingOperation)folded[at];
                folded.RemoveAt(at);
                folded.Add(new FoldedGrade([.. earlier.Colours, .. grade.Colours], grade.Finish));
            }
            else
            {
                folded.Add(step);
            }
        }
        return folded;
    }

    private static int? Earlier(List<IClipOperation> steps)
    {
        var at = steps.FindLastIndex(s => !s.LeavesColours);
        return at >= 0 && steps[at] is IGradingOperation { Finish: var finish } && finish == GradeFinish.None ? at : null;
    }
}
