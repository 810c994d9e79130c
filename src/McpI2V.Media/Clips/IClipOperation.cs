namespace McpI2V.Media.Clips;

/// <summary>One local edit: typed, checked, free. Times are on the clip as it stands before the step.</summary>
public interface IClipOperation
{
    /// <summary>Its name in <c>operations[]</c>.</summary>
    string Name { get; }

    /// <summary>Filters it needs that not every ffmpeg has.</summary>
    IReadOnlyList<string> Filters => [];

    /// <summary>Clips with recipes of their own that it brings in.</summary>
    IReadOnlyList<ClipSource> Clips => [];

    /// <summary>What it makes of a clip.</summary>
    /// <exception cref="MediaException">It does not fit this clip (<see cref="MediaFault.OutOfRange"/>).</exception>
    ClipShape Apply(ClipShape before);

    /// <summary>When of the clip that it makes that is seen which was seen before; null: never.</summary>
    ClipSpan? Carry(ClipSpan seen, ClipShape before) => seen;

    /// <summary>True if every pixel that it makes is one of the clip or lies between its neighbours there: colours may as well be changed
    /// after it.</summary>
    bool LeavesColours => false;

    /// <summary>What it does otherwise than it was asked for on this clip, as a sentence's part; null: nothing.</summary>
    string? Departure(ClipShape before) => null;

    /// <summary>Adds its filters to a graph.</summary>
    /// <param name="graph">The graph being built.</param>
    /// <param name="before">Makes the clip as it stands before this step. Each call makes a copy of its own, fed from the master again, so
    /// that a loop never buffers frames.</param>
    GraphClip Build(RecipeGraph graph, Func<GraphClip> before);
}
