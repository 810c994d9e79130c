namespace McpI2V.Media.Text;

/// <summary>One piece of text on screen.</summary>
/// <param name="Text">Any text: every script, emoji, quotes, newlines. It is shown, never interpreted.</param>
/// <param name="Start">When it appears.</param>
/// <param name="End">When it goes.</param>
/// <param name="Position">Where it stands.</param>
/// <param name="Style">How it looks.</param>
public sealed record TextCue(string Text, TimeSpan Start, TimeSpan End, TextPosition Position, TextStyle Style)
{
    /// <summary>How it looks in detail; the look of its style unless set.</summary>
    public TextLook Look { get; init; } = TextLooks.Of(Style);
}
