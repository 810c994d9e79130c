namespace McpI2V.Media.Text.Placing;

/// <summary>Where something stands in the frame for a while.</summary>
/// <param name="Area">Where.</param>
/// <param name="Start">From when, in seconds.</param>
/// <param name="End">Until when, in seconds.</param>
public sealed record TakenArea(Area Area, double Start, double End)
{
    /// <summary>True if both stand at one place at one time.</summary>
    public bool Meets(Area area, double start, double end) => Start < end && start < End && Area.Overlaps(area);
}
