using McpI2V.Media.Text.Layers;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>What is to be set, on what, and how: all that the drawing process needs.</summary>
public sealed record TextOrder
{
    /// <summary>The size of the picture it goes over.</summary>
    public required PixelSize Frame { get; init; }

    /// <summary>Its frames a second; 0 for a still.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Its length in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>The words.</summary>
    public required IReadOnlyList<OrderedCue> Cues { get; init; }

    /// <summary>How they look.</summary>
    public required TextLook Look { get; init; }

    /// <summary>Where they are wanted.</summary>
    public TextPosition Position { get; init; } = TextPosition.Bottom;

    /// <summary>True if that is where a notice goes: at the very rim of what platforms leave free.</summary>
    public bool StaysCentred { get; init; }

    /// <summary>How they come and go.</summary>
    public TextMotion Motion { get; init; }

    /// <summary>How the word that is spoken is told from the others.</summary>
    public TextHighlight Highlight { get; init; }

    /// <summary>The name of a file in the work folder with small pictures of what they go over; null: nobody has looked.</summary>
    public string? Pictures { get; init; }

    /// <summary>The size of these.</summary>
    public PixelSize PictureSize { get; init; }

    /// <summary>The time between two of them.</summary>
    public double PictureSeconds { get; init; } = 1;

    /// <summary>What stands in the frame already.</summary>
    public IReadOnlyList<TakenArea> Taken { get; init; } = [];

    /// <summary>A folder with the user's own typefaces; null: none.</summary>
    public string? Fonts { get; init; }

    /// <summary>The name of the layer's file in the work folder.</summary>
    public required string Output { get; init; }

    /// <summary>How its pictures are kept.</summary>
    public LayerPixels Pixels { get; init; }
}
