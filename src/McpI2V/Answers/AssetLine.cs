using System.Globalization;
using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Answers;

/// <summary>How an asset is shown in words.</summary>
internal static class AssetLine
{
    /// <summary>An asset in a line.</summary>
    public static string Of(Asset asset, string path) => $"{asset.Handle} ({Facts(asset)}) {path}";

    /// <summary>Its length, size and cost.</summary>
    public static string Facts(Asset asset)
    {
        var what = asset.Handle.Kind switch
        {
            MediaKind.Still => $"{asset.Size}",
            MediaKind.Clip => string.Create(CultureInfo.InvariantCulture,
                $"{asset.Duration.TotalSeconds:0.0#} s, {asset.Size}, {asset.FramesPerSecond:0.##} " +
                    $"fps{(asset.HasAudio ? ", with sound" : "")}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{asset.Duration.TotalSeconds:0.0#} s of sound"),
        };
        return asset.CostUsd > 0 ? $"{what}, {AnswerComposer.Cost(asset.CostUsd)}" : what;
    }

    /// <summary>What people have said of it, beginning with a comma; empty if nobody has said anything.</summary>
    public static string Marks(Asset asset, SpokenTime times)
    {
        var marks = asset.Marks;
        var bin = marks.DeletedAt is { } since ? $", in the bin until {times.Shown(since + Bin.Kept)[..10]}" : "";
        return $"{(marks.IsStarred ? ", starred" : "")}{Verdict(marks)}{(marks.HiddenAt is null ? "" : ", hidden")}" +
            $"{(marks.IsPurged ? ", deleted for good" : bin)}{(marks.Note is { } note ? $", note: {ForeignText.Quote(note, 200)}" : "")}";
    }

    /// <summary>Whether it is kept or rejected, beginning with a comma; empty if neither.</summary>
    public static string Verdict(AssetMarks marks) => marks.Verdict switch { "keep" => ", kept", "reject" => ", rejected", _ => "" };
}
