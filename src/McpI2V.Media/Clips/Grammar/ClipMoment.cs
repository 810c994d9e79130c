using System.Runtime.InteropServices;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>A moment of a clip: from its start, or, below zero, back from its end.</summary>
/// <param name="Offset">Zero to ten minutes, or minus as much.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ClipMoment(TimeSpan Offset)
{
    /// <summary>The clip's start.</summary>
    public static readonly ClipMoment Start = new(TimeSpan.Zero);

    /// <summary>Its time on a clip.</summary>
    /// <param name="clip">The clip as it stands before the step.</param>
    /// <param name="member">Which member says it, for the error.</param>
    /// <exception cref="MediaException">It lies before the clip's start.</exception>
    public TimeSpan On(ClipShape clip, string member)
    {
        if (Offset >= TimeSpan.Zero)
        {
            return Offset;
        }
        var at = clip.Duration + Offset;
        return at >= TimeSpan.Zero
            ? at
            : throw OperationReader.Fault($"{member} is {Offset.TotalSeconds:0.###}, which counts back from the clip's end, but the " +
                $"clip lasts only {clip.Duration.TotalSeconds:0.##} s");
    }

    /// <summary>From one moment to another, or to the clip's end.</summary>
    /// <exception cref="MediaException">It begins after the clip's end, or ends before it begins.</exception>
    public static ClipSpan Span(ClipMoment start, ClipMoment? end, ClipShape clip)
    {
        var from = start.On(clip, "start_seconds");
        var to = end?.On(clip, "end_seconds") ?? clip.Duration;
        if (from >= clip.Duration)
        {
            throw OperationReader.Fault(
                $"start_seconds is {start.Offset.TotalSeconds:0.##}, but the clip lasts {clip.Duration.TotalSeconds:0.##} s");
        }
        return to > from
            ? new ClipSpan(from, to < clip.Duration ? to : clip.Duration)
            : throw OperationReader.Fault($"end_seconds is {to.TotalSeconds:0.###} and start_seconds {from.TotalSeconds:0.###} on a clip " +
                $"of {clip.Duration.TotalSeconds:0.##} s; the end must come after the start");
    }

    /// <summary>Refuses two moments of which no clip has the second after the first.</summary>
    /// <exception cref="MediaException">The end does not come after the start.</exception>
    public static void RequireOrder(ClipMoment start, ClipMoment? end)
    {
        if (end is { } until && start.Offset < TimeSpan.Zero == until.Offset < TimeSpan.Zero && until.Offset <= start.Offset)
        {
            throw OperationReader.Fault($"end_seconds is {until.Offset.TotalSeconds:0.###} and " +
                $"start_seconds {start.Offset.TotalSeconds:0.###}; the end must come after the start");
        }
    }
}
