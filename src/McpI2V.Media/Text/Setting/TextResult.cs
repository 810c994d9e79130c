using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>What was set.</summary>
public sealed record TextResult
{
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

    /// <summary>What was done otherwise than was asked for, each a sentence.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
