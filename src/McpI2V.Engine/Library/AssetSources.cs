using System.Text.Json.Nodes;
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
        new(paths.PathOf(asset), asset.Format, asset.Size, asset.Orientation, asset.Duration)
        {
            Tags = asset.Tags,
            FadeIn = Fade(asset, "in_seconds"),
            FadeOut = Fade(asset, "out_seconds"),
        };

    /// <summary>An asset's sound as renders take it.</summary>
    public static AudioSource AudioOf(this IAssetPaths paths, Asset asset) => new(paths.PathOf(asset), asset.Format, asset.Duration);

    private static TimeSpan Fade(Asset asset, string side) => TimeSpan.FromSeconds(asset.Recipe
        .OfType<JsonObject>()
        .Where(step => step["op"] is JsonValue op && op.TryGetValue<string>(out var name) && name == "fade")
        .Select(step => step[side] is JsonValue value && value.TryGetValue<double>(out var seconds) ? seconds : 0)
        .DefaultIfEmpty()
        .Max());
}
