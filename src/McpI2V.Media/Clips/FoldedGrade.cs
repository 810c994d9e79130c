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

    /// <summary>The grades that colours may as well go through after every other step, taken out of a recipe.</summary>
    /// <returns>The recipe without them, and they in order.</returns>
    public static (IReadOnlyList<IClipOperation> Others, IReadOnlyList<IGradingOperation> Last) TakeLast(
        IReadOnlyList<IClipOperation> recipe)
    {
        List<IClipOperation> rest = [.. Fold(recipe)];
        List<IGradingOperation> last = [];
        for (var at = rest.Count - 1; at >= 0; at--)
        {
            if (rest[at] is IGradingOperation grade && (grade.Finish == GradeFinish.None || at == rest.Count - 1))
            {
                rest.RemoveAt(at);
                last.Insert(0, grade);
            }
            else if (!rest[at].LeavesColours)
            {
                break;
            }
        }
        return (rest, last);
    }

    private static int? Earlier(List<IClipOperation> steps)
    {
        var at = steps.FindLastIndex(s => !s.LeavesColours);
        return at >= 0 && steps[at] is IGradingOperation { Finish: var finish } && finish == GradeFinish.None ? at : null;
    }
}
