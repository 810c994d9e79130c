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
    SlideLeft,
    SlideUp,
    Zoom,
}
