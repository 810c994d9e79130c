namespace McpI2V.Media.Grading;

/// <summary>A grade of a still, the same as a clip's.</summary>
public sealed class StillGrade
{
    private readonly IReadOnlyList<IColourStep> colours;
    private readonly GradeFinish finish;

    internal StillGrade(IReadOnlyList<IColourStep> colours, GradeFinish finish) =>
        (this.colours, this.finish) = ([.. colours.Where(c => !c.IsNeutral)], finish);

    /// <summary>True if it changes nothing.</summary>
    public bool IsNeutral => colours.Count == 0 && finish == GradeFinish.None;

    /// <summary>Filters on RGB that change its colours, with a trailing comma; empty for none.</summary>
    internal string Colouring(MediaWork work, bool hasAlpha) =>
        colours.Count == 0 ? "" : GradeFilter.OnStill(GradeFilter.WriteTable(colours, work), hasAlpha) + ",";

    /// <summary>Filters on luma and chroma that lay the rest over it, each with a leading comma.</summary>
    internal string Finishing => finish.Filters(moves: false);
}
