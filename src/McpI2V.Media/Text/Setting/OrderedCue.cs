namespace McpI2V.Media.Text.Setting;

/// <summary>Words, and when they are seen.</summary>
/// <param name="Text">Anybody's text.</param>
/// <param name="Start">In seconds.</param>
/// <param name="End">In seconds.</param>
public sealed record OrderedCue(string Text, double Start, double End)
{
    /// <summary>When each word begins to be spoken, in seconds; none if nobody knows.</summary>
    public IReadOnlyList<double> Words { get; init; } = [];
}
