using McpI2V.Media.Clips;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;

namespace McpI2V.Engine.Library;

/// <summary>Assets as renders take them.</summary>
public static class AssetSources
{
    /// <summary>A still as renders take it.</summary>
    public static StillSource StillOf(this IAssetPaths paths, Asset asset) =>
        new(paths.PathOf(asset), asset.Format, asset.Size, asset.Orientation, asset.HasAlpha);

    /// <summary>An asset as previews take it.</summary>
    public static PreviewSource PreviewOf(this IAssetPaths paths, Asset asset) =>
        new(paths.PathOf(asset), asset.Format, asset.Size, asset.Orientation, asset.Duration);

    /// <summary>An asset's sound as renders take it.</summary>
    public static AudioSource AudioOf(this IAssetPaths paths, Asset asset) => new(paths.PathOf(asset), asset.Format, asset.Duration);
}
