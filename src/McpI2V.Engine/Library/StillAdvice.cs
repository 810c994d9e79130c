using System.Globalization;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Library;

/// <summary>Says, before anything is spent, what about a still will show in the clip. It never blocks.</summary>
public static class StillAdvice
{
    private const double SoftBelow = 60;
    private const double DarkBelow = 45;
    private const double BrightAbove = 225;
    private const double ClippedAbove = 0.6;
    private const double CompressedBelow = 40;
    private const double RatioTolerance = 0.05;
    private const double MostEnlarged = 1.5;

    /// <summary>The still's own measurements, kept with the asset; none of one that was not looked at.</summary>
    public static IReadOnlyList<Check> Checks(StillFacts still) => still.Look is { } look ? Checks(still, look) : [];

    private static IReadOnlyList<Check> Checks(StillFacts still, StillStatistics look) =>
    [
        Rate("sharpness", look.Sharpness, SoftBelow, look.Sharpness >= SoftBelow,
            "it looks soft; a sharper still gives a sharper clip"),
        Rate("brightness", look.Brightness, DarkBelow, look.Brightness >= DarkBelow,
            "it is dark; lift it first with generate_still and options.exposure"),
        Rate(
            "highlights",
            look.Brightness,
            BrightAbove,
            look.Brightness <= BrightAbove || still.HasAlpha,
            "it is very bright; check that the product has not burnt out"),
        Rate(
            "clipping",
            look.ClippedShare,
            ClippedAbove,
            look.ClippedShare <= ClippedAbove || still.HasAlpha,
            "most of it is pure black or white; detail there can't be moved"),
        Rate(
            "compression",
            look.Quality,
            CompressedBelow,
            look.Quality >= CompressedBelow,
            "it is heavily compressed; blocks will crawl when the camera moves, use the original file"),
    ];

    /// <summary>Whether a picture was enlarged further than its detail bears.</summary>
    /// <param name="times">How many times it was enlarged; 1 or less: not at all.</param>
    public static Check Enlarged(double times) => Rate("enlargement", times, MostEnlarged, times <= MostEnlarged, string.Create(
        CultureInfo.InvariantCulture,
        $"it is enlarged {times:0.0} times and looks soft; use a larger picture, a smaller size, or an upscaling model"));

    /// <summary>Warnings for a still that is to become a clip of a size.</summary>
    /// <param name="still">The still.</param>
    /// <param name="target">The clip's size.</param>
    /// <param name="isWhole">True if it is extended to the clip's ratio, so that nothing of it falls outside.</param>
    public static IEnumerable<string> For(Asset still, PixelSize target, bool isWhole = false)
    {
        foreach (var check in still.Checks.Where(c => c.Fault is not null))
        {
            yield return $"{still.Handle}: {check.Advice}.";
        }
        var mismatch = still.Size.Ratio / target.Ratio;
        if (Math.Abs(mismatch - 1) > RatioTolerance && !still.HasAlpha && !isWhole)
        {
            var lost = 1 - (mismatch > 1 ? 1 / mismatch : mismatch);
            yield return $"{still.Handle} is {still.Size} and the clip {target}: {lost:P0} of the picture falls outside. " +
                "Make the still at the target ratio first (generate_still with aspect_ratio and options.fit).";
        }
        var upscale = Math.Min((double)still.Size.Width / target.Width, (double)still.Size.Height / target.Height);
        if (upscale < 0.95 && !still.HasAlpha)
        {
            yield return $"{still.Handle} is {still.Size}, smaller than the clip's {target}: it is enlarged {1 / upscale:0.0} times and " +
                $"will look soft. Use a still of at least {target.Width * 5 / 4}x{target.Height * 5 / 4}.";
        }
    }

    /// <summary>Warnings for a first and a last frame.</summary>
    public static IEnumerable<string> ForPair(Asset first, Asset last)
    {
        if (Math.Abs((first.Size.Ratio / last.Size.Ratio) - 1) > RatioTolerance)
        {
            yield return $"end_image {last.Handle} is {last.Size}, and {first.Handle} is {first.Size}: between two ratios the picture " +
                "stretches or jumps. Bring the last frame to the first one's ratio with generate_still and aspect_ratio.";
        }
    }

    private static Check Rate(string name, double value, double limit, bool ok, string advice) =>
        new(name, ok, Math.Round(value, 3), limit, ok ? null : advice);
}
