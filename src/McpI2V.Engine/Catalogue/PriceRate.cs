using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue;

/// <summary>A rate for some settings; what is not named does not matter.</summary>
public sealed record PriceRate
{
    /// <summary>Dollars a unit.</summary>
    public required decimal Usd { get; init; }

    /// <summary>Only at this resolution.</summary>
    public string? Resolution { get; init; }

    /// <summary>Only with, or only without, sound of the model's own.</summary>
    public bool? Audio { get; init; }

    /// <summary>Only for this length in seconds.</summary>
    public double? Seconds { get; init; }

    /// <summary>Only at this quality.</summary>
    public EncodeQuality? Quality { get; init; }

    /// <summary>True if it is the rate for these settings.</summary>
    public bool Fits(ModelSettings settings) =>
        (Resolution is null || Resolution == settings.Resolution)
        && (Audio is null || Audio == settings.NativeAudio)
        && (Seconds is null || Math.Abs(Seconds.Value - settings.DurationSeconds) < 0.001)
        && (Quality is null || Quality == settings.Quality);
}
