using McpI2V.Media.Text.Layers;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>What was set.</summary>
public sealed record TextResult
{
    /// <summary>The contrast that a reader of normal sight needs (WCAG 2.2, 1.4.3).</summary>
    public const double ContrastNeeded = Backing.Needed;

    /// <summary>Where the layer goes in the frame, in pixels; null if there was nothing to be seen.</summary>
    public LayerPlace? Place { get; init; }

    /// <summary>Where the words stand.</summary>
    public IReadOnlyList<TakenArea> Taken { get; init; } = [];

    /// <summary>The smallest letters' size in pixels.</summary>
    public double Size { get; init; }

    /// <summary>How they stand out from what is behind them at the worst, 1 to 21; 0 if nobody has looked.</summary>
    public double Contrast { get; init; }

    /// <summary>How much of them lies over the subject, 0 to 1.</summary>
    public double Covers { get; init; }

    /// <summary>Where it stands if not where it was asked for, as a sentence; null: it stands there.</summary>
    public string? Moved { get; init; }

    /// <summary>How a picture that is laid over is made to stand out; null: as it is.</summary>
    public OverlayInk? Ink { get; init; }

    /// <summary>What was done otherwise than was asked for, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
