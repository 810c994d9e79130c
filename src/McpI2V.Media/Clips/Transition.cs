namespace McpI2V.Media.Clips;

/// <summary>How one clip becomes the next.</summary>
public enum Transition
{
    Cut,
    Crossfade,
    FadeBlack,
    FadeWhite,
    WipeLeft,
    WipeRight,

    /// <summary>The next one pushes this one out.</summary>
    SlideLeft,
    SlideUp,

    /// <summary>The camera goes through this one into the next.</summary>
    Zoom,

    /// <summary>The camera whips over to the next one.</summary>
    Whip,

    /// <summary>The next one is seen through a circle that opens.</summary>
    Mask,

    /// <summary>The camera goes on until what both show stands in the one as it does in the other.</summary>
    Match,
}
