using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text.Placing;

/// <summary>
/// What of a frame no platform draws over. A clip does not know where it will be posted, so that it is what all leave free; figures,
/// sources and dates are in docs/platforms.md.
/// </summary>
/// <param name="Free">The part that is left free.</param>
/// <param name="Rails">Parts of it that some platform's buttons cover.</param>
internal sealed record SafeZone(Area Free, IReadOnlyList<Area> Rails)
{
    /// <summary>The zone of a frame.</summary>
    public static SafeZone Of(PixelSize frame) => frame.Ratio switch
    {
        // Full screen on a phone: Meta's Stories and Reels leave 14 % above and 35 % below, TikTok's buttons take the right 15 %.
        < 0.62 => new(new Area(0.06, 0.14, 0.94, 0.65), [new Area(0.85, 0.42, 1, 1)]),
        // In a feed nothing lies over it; the rim is what round corners and cropped previews take.
        < 1.2 => new(new Area(0.06, 0.06, 0.94, 0.94), []),
        // Players lay their bar over the bottom, and the length over the corner of a thumbnail.
        _ => new(new Area(0.05, 0.07, 0.95, 0.88), [new Area(0.86, 0.8, 1, 1)]),
    };
}
