using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips;

/// <summary>A grade in five numbers; all zero changes nothing.</summary>
/// <param name="Exposure">Stops, -2 to 2.</param>
/// <param name="Contrast">-1 flat to 1 hard.</param>
/// <param name="Saturation">-1 grey to 1 vivid.</param>
/// <param name="Temperature">-1 cool to 1 warm.</param>
/// <param name="Tint">-1 green to 1 magenta.</param>
public sealed record GradeSettings(double Exposure, double Contrast, double Saturation, double Temperature, double Tint)
{
    private const double Warmth = 0.2;

    /// <summary>The filters, without a trailing comma.</summary>
    internal string Filters
    {
        get
        {
            List<string> filters = [];
            if (Exposure != 0)
            {
                filters.Add($"exposure=exposure={FfmpegCommand.Number(Exposure)}");
            }
            if (Contrast != 0 || Saturation != 0)
            {
                filters.Add($"eq=contrast={FfmpegCommand.Number(1 + (Contrast * 0.5))}:saturation={FfmpegCommand.Number(1 + Saturation)}");
            }
            // White is balanced by the gain of red and blue: that warms every colour alike, also a saturated one, and is to be seen
            // from 0.1 on.
            if (Temperature != 0)
            {
                var (red, blue) = (FfmpegCommand.Number(1 + (Temperature * Warmth)), FfmpegCommand.Number(1 - (Temperature * Warmth)));
                filters.Add($"colorchannelmixer=rr={red}:bb={blue}");
            }
            if (Tint != 0)
            {
                filters.Add($"colorbalance=gm={FfmpegCommand.Number(-Tint * 0.2)}");
            }
            return filters.Count == 0 ? "null" : string.Join(',', filters);
        }
    }

    /// <summary>This grade and another on top of it, within the ranges of each.</summary>
    public GradeSettings With(GradeSettings more) => new(
        Math.Clamp(Exposure + more.Exposure, -2, 2),
        Math.Clamp(Contrast + more.Contrast, -1, 1),
        Math.Clamp(Saturation + more.Saturation, -1, 1),
        Math.Clamp(Temperature + more.Temperature, -1, 1),
        Math.Clamp(Tint + more.Tint, -1, 1));

    /// <summary>The grade behind a name.</summary>
    public static GradeSettings OfLook(GradePreset preset) => preset switch
    {
        GradePreset.Warm => new(0.05, 0.08, 0.05, 0.5, 0.05),
        GradePreset.Cool => new(0, 0.08, -0.05, -0.5, 0),
        GradePreset.Punchy => new(0.05, 0.35, 0.3, 0.05, 0),
        GradePreset.Soft => new(0.12, -0.25, -0.1, 0.1, 0),
        GradePreset.Mono => new(0, 0.2, -1, 0, 0),
        _ => new(0, 0.06, 0.06, 0, 0),
    };
}
