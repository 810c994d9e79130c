using McpI2V.Engine.Library;
using McpI2V.Media.Geometry;
using McpI2V.Media;

namespace McpI2V.Engine.Planning;

/// <summary>Turns aspect_ratio, resolution and size into pixels.</summary>
public static class Sizes
{
    private const int LongestSide = 4096;

    /// <summary>
    /// A clip's size: the ratio at the resolution's short side, 1080 unless given; the image's own ratio unless one is given.
    /// </summary>
    public static PixelSize OfClip(string? ratio, Resolution? resolution, Asset image)
    {
        var shortSide = (resolution ?? Resolution.Default).ShortSide;
        return Ratio(ratio) is { } known ? known.SizeWithShortSide(shortSide) : Like(image.Size, shortSide);
    }

    /// <summary>
    /// A still's size: size where given, else the ratio at 1080 on the short side; the first picture's own size unless a ratio is given.
    /// </summary>
    public static PixelSize OfStill(string? ratio, string? size, Asset? picture)
    {
        if (size is not null && !Resolution.TryParse(size, out _))
        {
            return Exact(size);
        }
        var shortSide = size is not null && Resolution.TryParse(size, out var resolution)
            ? resolution.ShortSide
            : Resolution.Default.ShortSide;
        if (Ratio(ratio) is { } known)
        {
            return known.SizeWithShortSide(shortSide);
        }
        return picture is null || picture.HasAlpha
            ? new AspectRatio(9, 16).SizeWithShortSide(shortSide)
            : size is null ? picture.Size.Within(LongestSide).Even() : Like(picture.Size, shortSide);
    }

    /// <summary>A ratio as it is spelt; null for the source's own.</summary>
    /// <exception cref="I2VException">There is no such ratio; the message lists them.</exception>
    public static AspectRatio? Ratio(string? text) => text is null or "source"
        ? null
        : AspectRatio.TryParse(text, out var ratio)
        ? ratio
        : throw I2VException.Invalid("aspect_ratio",
            $"aspect_ratio is {ForeignText.Quote(text, 40)}; one of {AspectRatio.Names} or source is allowed. Nothing was spent.");

    private static PixelSize Like(PixelSize source, int shortSide)
    {
        // A banner of 10:1 at 1080 on the short side would be wider than any encoder takes.
        var factor = Math.Min((double)shortSide / source.ShortSide, (double)LongestSide / source.LongSide);
        return new PixelSize((int)Math.Round(source.Width * factor / 2) * 2, (int)Math.Round(source.Height * factor / 2) * 2).Even();
    }

    private static PixelSize Exact(string text)
    {
        var parts = text.Split(['x', 'X', '*']);
        return parts.Length == 2
            && int.TryParse(parts[0], out var width)
            && int.TryParse(parts[1], out var height)
            && width is >= 64 and <= LongestSide
            && height is >= 64 and <= LongestSide
            ? new PixelSize(width, height).Even()
            : throw I2VException.Invalid("size", $"size is {ForeignText.Quote(text, 40)}; WIDTHxHEIGHT with sides from 64 to " +
                $"{LongestSide}, or one of {Resolution.Names} is allowed. Nothing was spent.");
    }
}
