using McpI2V.Media.Formats;

namespace McpI2V.Engine;

/// <summary>A file that a caller named and that can't be read here; one who sits elsewhere can send it.</summary>
/// <param name="Name">Its name without folders.</param>
/// <param name="Kind">What it should be; null: any media.</param>
public sealed record MissingInput(string Name, MediaKind? Kind)
{
    /// <summary>True for a small text, such as subtitles: it goes into the call itself.</summary>
    public bool IsText { get; init; }
}
