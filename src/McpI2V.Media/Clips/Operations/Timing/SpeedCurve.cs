using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>
/// Where each moment of a clip goes when it plays at another speed: at one factor, or at one that becomes another in a stretch of the clip.
/// What is eased there is the time that a second takes, so that the speed nowhere jumps and both ways are sums of powers.
/// </summary>
/// <param name="Factor">How much faster before the stretch; below 1 slower.</param>
/// <param name="To">How much faster after it.</param>
/// <param name="Ramp">The stretch, in the clip's own time.</param>
internal sealed record SpeedCurve(double Factor, double To, ClipSpan Ramp)
{
    /// <summary>How the lowest speed compares with the clip's own.</summary>
    public double Slowest => Math.Min(Factor, To);

    private double Start => Ramp.Start.TotalSeconds;

    private double Length => Ramp.End.TotalSeconds - Start;

    /// <summary>One factor throughout.</summary>
    public static SpeedCurve Constant(double factor) => new(factor, factor, new ClipSpan(TimeSpan.Zero, TimeSpan.FromSeconds(1)));

    /// <summary>When a moment of the clip is seen, in seconds.</summary>
    public double When(double moment)
    {
        var along = Math.Clamp((moment - Start) / Length, 0, 1);
        return (Math.Min(moment, Start) / Factor)
            + (Length * ((along / Factor) + (((1 / To) - (1 / Factor)) * (Math.Pow(along, 3) - (Math.Pow(along, 4) / 2)))))
            + (Math.Max(0, moment - Ramp.End.TotalSeconds) / To);
    }

    /// <summary>Which moment of the clip is seen at a time, in seconds.</summary>
    public double Moment(double when)
    {
        if (Factor == To)
        {
            return when * Factor;
        }
        var (first, last) = (When(Start), When(Ramp.End.TotalSeconds));
        if (when <= first)
        {
            return when * Factor;
        }
        if (when >= last)
        {
            return Ramp.End.TotalSeconds + ((when - last) * To);
        }
        var (low, high) = (Start, Ramp.End.TotalSeconds);
        // To a billionth of the stretch.
        for (var i = 0; i < 30; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = When(middle) < when ? (middle, high) : (low, middle);
        }
        return (low + high) / 2;
    }

    /// <summary>The same for setpts.</summary>
    public string Expression
    {
        get
        {
            if (Factor == To)
            {
                return "PTS/" + FfmpegCommand.Number(Factor);
            }
            var (start, length, end) = (RecipeGraph.Seconds(Ramp.Start), FfmpegCommand.Number(Length), RecipeGraph.Seconds(Ramp.End));
            var (before, after) = (FfmpegCommand.Number(1 / Factor), FfmpegCommand.Number(1 / To));
            return $"'(min(T,{start})*{before}+st(0,clip((T-{start})/{length},0,1))*0" +
                $"+{length}*(ld(0)*{before}+({after}-{before})*(pow(ld(0),3)-pow(ld(0),4)/2))+max(0,T-{end})*{after})/TB'";
        }
    }
}
