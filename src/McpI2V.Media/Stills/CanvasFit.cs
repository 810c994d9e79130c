namespace McpI2V.Media.Stills;

/// <summary>How a picture fills a frame of another ratio.</summary>
public enum CanvasFit
{
    /// <summary>Cut around the focus until it fills the frame.</summary>
    Crop,

    /// <summary>Show it whole over a blurred copy of itself.</summary>
    ExtendBlur,

    /// <summary>Show it whole and continue it by mirroring its edges.</summary>
    ExtendMirror,

    /// <summary>Show it whole and continue it by the colours of its edges, softly.</summary>
    ExtendColour,

    /// <summary>Show it whole on the backdrop.</summary>
    Pad,
}
