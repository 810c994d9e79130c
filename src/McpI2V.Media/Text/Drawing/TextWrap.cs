namespace McpI2V.Media.Text.Drawing;

/// <summary>Where a line may be broken.</summary>
internal enum TextWrap
{
    /// <summary>Where the script has it so.</summary>
    BetweenWords,

    /// <summary>After each sentence too.</summary>
    BySentence,

    /// <summary>Inside long words too, with a hyphen.</summary>
    Hyphenated,

    /// <summary>Wherever it must be.</summary>
    Anywhere,
}
