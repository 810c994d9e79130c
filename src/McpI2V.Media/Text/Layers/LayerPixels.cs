namespace McpI2V.Media.Text.Layers;

/// <summary>How the pictures of a layer are kept.</summary>
public enum LayerPixels
{
    /// <summary>Planes of luma, colour differences and transparency, bt709 limited, 4:2:0: as clips are encoded.</summary>
    Planar,

    /// <summary>Blue, green, red and straight alpha: as stills are composed.</summary>
    Whole,
}
