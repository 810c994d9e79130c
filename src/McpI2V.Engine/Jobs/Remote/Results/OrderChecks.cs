using System.Globalization;
using McpI2V.Engine.Library;
using McpI2V.Engine.Providers;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Jobs.Remote.Results;

/// <summary>Whether a clip is what was ordered, besides its length: its size, its ratio, its sound.</summary>
internal static class OrderChecks
{
    // Providers round to what their encoders take: 720p comes as 704 rows, 9:16 as 0.571.
    private const double LeastOfShortSide = 0.85;
    private const double RatioTolerance = 0.05;

    /// <summary>What is not as ordered, and the sound where it was ordered.</summary>
    /// <param name="order">What was ordered.</param>
    /// <param name="clip">What came.</param>
    /// <param name="isSilent">True if sound was ordered and nothing is to be heard.</param>
    public static IEnumerable<Check> Of(GenerationOrder order, ClipFacts clip, bool isSilent)
    {
        var (ordered, size) = (order.Settings, clip.Size);
        if (ordered.Resolution is { } resolution
            && ordered.Size.ShortSide > 0
            && size.ShortSide < ordered.Size.ShortSide * LeastOfShortSide)
        {
            yield return new Check("resolution", Ok: false, size.ShortSide, ordered.Size.ShortSide,
                $"it is {size}, though {resolution} was ordered and paid. edit_clip with scale enlarges it for free, without new detail");
        }
        if (AspectRatio.TryParse(ordered.AspectRatio, out var ratio) && Math.Abs((size.Ratio / ratio.Value) - 1) > RatioTolerance)
        {
            yield return new Check("ratio", Ok: false, Math.Round(size.Ratio, 3), Math.Round(ratio.Value, 3), string.Create(
                CultureInfo.InvariantCulture,
                $"it is {size}, though {ratio} was ordered. edit_clip with reframe mends it for free"));
        }
        if (ordered.NativeAudio)
        {
            yield return new Check("sound", !isSilent, isSilent ? 0 : 1, 1, isSilent
                ? "it is silent, though sound was ordered and paid. edit_clip with audio lays a sound under it for free"
                : null);
        }
    }
}
