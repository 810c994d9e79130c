using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Grading;

/// <summary>What is laid over a graded picture: it depends on where and when, so it is no function of colour.</summary>
/// <param name="Grain">0 none to 1 coarse.</param>
/// <param name="Vignette">How much darker the corners are, 0 to 1.</param>
internal sealed record GradeFinish(double Grain, double Vignette)
{
    /// <summary>Nothing.</summary>
    public static readonly GradeFinish None = new(0, 0);

    private const double HeaviestGrain = 20;

    /// <summary>The filters, each with a leading comma; empty for none.</summary>
    /// <param name="moves">True if every frame is to have grain of its own.</param>
    internal string Filters(bool moves)
    {
        // cos^4 of the angle at the corner: a lens's own falling off.
        var vignette = Vignette > 0 ? $",vignette=angle={FfmpegCommand.Number(Vignette * Math.PI / 4)}" : "";
        // Film's grain is in its light; grain of colours is a sensor's noise. One seed, so that a clip rendered again is the same.
        var grain = FfmpegCommand.Number(Math.Round(Grain * HeaviestGrain));
        return Grain > 0 ? $"{vignette},noise=c0_seed=7:c0_strength={grain}{(moves ? ":c0_flags=t" : "")}" : vignette;
    }
}
