using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>What a platform takes. Ratios and lengths as the platforms' own upload pages gave them in 2026-11.</summary>
/// <param name="Name">Its spelling in platforms.</param>
/// <param name="Ratio">The ratio that fills its screen.</param>
/// <param name="LongestSeconds">The longest clip it shows as such.</param>
public sealed record Platform(string Name, AspectRatio Ratio, double LongestSeconds)
{
    /// <summary>How loud its posts are, in LUFS. None of these publishes a figure; all play at about -14.</summary>
    public double Lufs { get; init; } = -14;

    /// <summary>The highest true peak of its posts, in dB of full scale.</summary>
    public double PeakDb { get; init; } = -1;

    /// <summary>What its files are.</summary>
    public Delivery Delivery { get; init; } = new();

    /// <summary>The size that its posts have to the pixel, whatever they are made of.</summary>
    public PixelSize Size => Ratio.SizeWithShortSide(Resolution.Default.ShortSide);

    // "Instagram Platform, Content Publishing", 2026-11: closed GOP, no edit lists, 23 to 60 fps, AAC of at most 128 kbit/s, at most
    // 25 Mbit/s.
    private static Delivery Meta => new() { SoundKilobits = 128 };

    // LinkedIn's video ads ("Advertising specifications", 2026-11) stay below 30 fps; 4:5 fills more of a phone's screen than 1:1.
    private static Delivery LinkedIn => new() { FramesBelow = 30 };

    // "YouTube recommended upload encoding settings", 2026-11: no edit lists, closed GOP of half the frame rate, 2 B-frames, stereo sound
    // of 384 kbit/s.
    private static Delivery YouTube => new() { KeyFrameSeconds = 0.5, SoundKilobits = 384 };

    /// <summary>Every platform.</summary>
    public static readonly IReadOnlyList<Platform> All =
    [
        new("tiktok", new(9, 16), 600),
        new("reels", new(9, 16), 180) { Delivery = Meta },
        new("shorts", new(9, 16), 180) { Delivery = YouTube },
        new("stories", new(9, 16), 60) { Delivery = Meta },
        new("snapchat", new(9, 16), 180),
        new("meta_feed", new(4, 5), 600) { Delivery = Meta },
        new("pinterest", new(9, 16), 600),
        new("linkedin", new(1, 1), 600) { Delivery = LinkedIn },
        new("linkedin_4x5", new(4, 5), 600) { Delivery = LinkedIn },
        new("x", new(16, 9), 140) { Delivery = new() { SoundKilobits = 128 } },
        new("youtube", new(16, 9), 600) { Delivery = YouTube },
    ];
}
