namespace McpI2V.Media.Text;

/// <summary>How the word that is being spoken is told from the others.</summary>
public enum TextHighlight
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>The word has the accent's colour.</summary>
    Word,

    /// <summary>What was spoken keeps the accent's colour.</summary>
    Karaoke,

    /// <summary>The word stands on a shape of the accent's colour.</summary>
    Box,
}
