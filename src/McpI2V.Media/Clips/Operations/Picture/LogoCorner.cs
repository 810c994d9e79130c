namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Where a logo stands, inside the margins that the apps leave free.</summary>
internal enum LogoCorner
{
    TopLeft,
    TopRight,
    BottomLeft,
    BottomRight,
    Center,
}
