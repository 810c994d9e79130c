namespace McpI2V.Engine.Catalogue.Wire;

/// <summary>How a request writes a length.</summary>
public enum LengthSpelling
{
    /// <summary>Seconds, as a number.</summary>
    Number,

    /// <summary>Seconds, as a text.</summary>
    Text,

    /// <summary>Seconds, as a text that ends in s.</summary>
    TextS,

    /// <summary>Milliseconds, as a number.</summary>
    Milliseconds,

    /// <summary>A number of frames, the first one more.</summary>
    Frames,
}
