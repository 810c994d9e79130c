namespace McpI2V.Media.Text;

/// <summary>How text comes and goes.</summary>
public enum TextMotion
{
    /// <summary>It fades where it comes after the clip's start and goes before its end.</summary>
    Auto,

    /// <summary>It is there, and it is gone.</summary>
    None,

    /// <summary>It fades in and out.</summary>
    Fade,

    /// <summary>It rises into its place while it fades in.</summary>
    Rise,

    /// <summary>It grows a little past its size and settles.</summary>
    Pop,

    /// <summary>It slides in from the side at which reading begins.</summary>
    Slide,

    /// <summary>Each line comes up from behind an edge.</summary>
    Reveal,

    /// <summary>Letter by letter.</summary>
    Type,

    /// <summary>Word by word.</summary>
    Words,

    /// <summary>Line by line.</summary>
    Lines,

    /// <summary>The first number in it counts up from zero.</summary>
    Count,
}
