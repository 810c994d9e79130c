using McpI2V.Media.Geometry;

namespace McpI2V.Media.Clips;

/// <summary>What a clip is at one step of a recipe; each operation says what it makes of it before anything is rendered.</summary>
/// <param name="Size">The picture's size.</param>
/// <param name="Duration">The length.</param>
/// <param name="FramesPerSecond">Frames a second.</param>
/// <param name="HasAudio">True if there is sound.</param>
public sealed record ClipShape(PixelSize Size, TimeSpan Duration, double FramesPerSecond, bool HasAudio)
{
    /// <summary>The longest clip a recipe may make.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    /// <summary>The shape with another length, refused when there is nothing left or too much.</summary>
    internal ClipShape Lasting(TimeSpan duration, string operation)
    {
        if (duration < TimeSpan.FromSeconds(0.1))
        {
            throw new MediaException(MediaFault.OutOfRange, $"{operation} would leave {duration.TotalSeconds:0.##} s of the " +
                $"clip's {Duration.TotalSeconds:0.##} s; at least 0.1 s must stay");
        }
        if (duration > Longest)
        {
            throw new MediaException(MediaFault.OutOfRange,
                $"{operation} would make {duration.TotalSeconds:0} s; at most {Longest.TotalSeconds:0} s are rendered");
        }
        return this with { Duration = duration };
    }
}
