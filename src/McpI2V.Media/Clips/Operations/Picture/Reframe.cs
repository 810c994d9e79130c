using System.Globalization;
using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>
/// Brings the clip to another ratio: by cropping around a focus, which is the subject unless given, by bars, or over a blurred copy.
/// </summary>
internal sealed record Reframe(AspectRatio Ratio, Reframe.Fit Mode, double? FocusX, double? FocusY) : IAnalysingOperation
{
    /// <summary>What is done with what does not fit.</summary>
    internal enum Fit
    {
        Crop,
        Pad,
        Blur,
    }

    public static OperationDefinition Definition { get; } = new(
        "reframe",
        "Changes the ratio: cropped, with bars, or over a blurred copy.",
        [Takes.Ratio, Takes.Mode, Takes.FocusX, Takes.FocusY],
        reader => new Reframe(
            Takes.Ratio.Read(reader),
            Takes.Mode.Read(reader),
            Takes.FocusX.Read(reader),
            Takes.FocusY.Read(reader)));

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<AspectRatio> Ratio = Members.RequiredWord<AspectRatio>(
            "aspect_ratio",
            "the new ratio",
            AspectRatio.All.Select(r => r.ToString()),
            AspectRatio.TryParse);

        public static readonly Member<Fit> Mode = Members.Choice("mode", "what is done with what does not fit", Fit.Crop);

        public static readonly Member<double?> FocusX = Members.NumberOrNone("focus_x", "0 keeps the left; the subject unless given", 0, 1);

        public static readonly Member<double?> FocusY = Members.NumberOrNone("focus_y", "0 keeps the top; the subject unless given", 0, 1);
    }

    // Bars are black whatever the clip's colours become.
    public bool LeavesColours => Mode == Fit.Crop;

    public ClipShape Apply(ClipShape before) => before with { Size = Ratio.SizeWithShortSide(before.Size.ShortSide) };

    public string AnalysisName => FormattableString.Invariant($"subject 1 {Ratio}");

    // A focus of one axis is what the other stands with, and along only one anything is cropped.
    public bool MustLookAt(ClipShape before) =>
        Mode == Fit.Crop && FocusX is null && FocusY is null && AspectRatio.Nearest(before.Size) != Ratio;

    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        var (was, becomes) = (before.Shape.Size.Ratio, Apply(before.Shape).Size.Ratio);
        var subject = SubjectMap.Of(await before.SeeAsync(cancellationToken), 0, before.Shape.Duration.TotalSeconds);
        var (x, y) = subject.Focus(Math.Min(1, becomes / was), Math.Min(1, was / becomes));
        await File.WriteAllTextAsync(before.ResultPath, FormattableString.Invariant($"{x:0.####} {y:0.####}"), cancellationToken);
    }

    public bool IsWhole(string resultPath, ClipShape before) => Found(resultPath) is not null;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = Apply(clip.Shape);
        // Bars or a blurred copy of a pixel's width are a flaw, and nobody misses what a crop takes there.
        var mode = AspectRatio.Nearest(clip.Shape.Size) == Ratio ? Fit.Crop : Mode;
        var (x, y) = graph.HasLooked(this) && Found(graph.Work.At(graph.AnalysisOf(this))) is { } found ? found : (0.5, 0.5);
        return clip with { Video = Fitted(graph, clip.Video, shape.Size, mode, FocusX ?? x, FocusY ?? y), Shape = shape };
    }

    private static (double X, double Y)? Found(string path)
    {
        var parts = File.Exists(path) ? File.ReadAllText(path).Split(' ') : [];
        return parts.Length == 2
            && double.TryParse(parts[0], CultureInfo.InvariantCulture, out var x)
            && double.TryParse(parts[1], CultureInfo.InvariantCulture, out var y)
                ? (x, y)
                : null;
    }

    /// <summary>Fits a picture into a size.</summary>
    internal static string Fitted(RecipeGraph graph, string video, PixelSize size, Fit mode, double focusX, double focusY)
    {
        var (w, h) = (size.Width, size.Height);
        var filled =
            $"scale={w}:{h}:force_original_aspect_ratio=increase:flags=lanczos,crop={w}:{h}:(iw-ow)*{FfmpegCommand.Number(focusX)}:" +
                $"(ih-oh)*{FfmpegCommand.Number(focusY)},setsar=1";
        var inside = $"scale={w}:{h}:force_original_aspect_ratio=decrease:force_divisible_by=2:flags=lanczos";
        if (mode == Fit.Crop)
        {
            return graph.Chain(video, filled + ",settb=AVTB");
        }
        if (mode == Fit.Pad)
        {
            return graph.Chain(video, $"{inside},pad={w}:{h}:(ow-iw)/2:(oh-ih)/2:color=black,setsar=1,settb=AVTB");
        }
        var (behind, front) = graph.Twice(video);
        // Blurring a quarter-size copy looks the same and costs a sixteenth.
        var background = graph.Chain(
            behind,
            $"{filled},scale={Math.Max(2, w / 8 * 2)}:{Math.Max(2, h / 8 * 2)},gblur=sigma=12,eq=brightness=-0.06,scale={w}:{h}:" +
                "flags=bicubic,setsar=1");
        return graph.Chain([background, graph.Chain(front, inside + ",setsar=1")], "overlay=(W-w)/2:(H-h)/2,format=yuv420p,settb=AVTB");
    }
}
