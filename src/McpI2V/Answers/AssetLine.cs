using System.Globalization;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;

namespace McpI2V.Answers;

/// <summary>How an asset is shown in words.</summary>
internal static class AssetLine
{
    /// <summary>An asset in a line.</summary>
    public static string Of(Asset asset, string path)
    {
        var what = asset.Handle.Kind switch
        {
            MediaKind.Still => $"{asset.Size}",
            MediaKind.Clip => string.Create(CultureInfo.InvariantCulture,
                $"{asset.Duration.TotalSeconds:0.0#} s, {asset.Size}, {asset.FramesPerSecond:0.##} " +
                    $"fps{(asset.HasAudio ? ", with sound" : "")}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{asset.Duration.TotalSeconds:0.0#} s of sound"),
        };
        var cost = asset.CostUsd > 0 ? $", {AnswerComposer.Cost(asset.CostUsd)}" : "";
        return $"{asset.Handle} ({what}{cost}) {path}";
    }
}
