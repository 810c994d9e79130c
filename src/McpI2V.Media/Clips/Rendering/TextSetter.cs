using McpI2V.Media.Text.Layers;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Placing;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>Looks at a clip before words are set over it, and has them set clear of what it shows and of the words before them.</summary>
public sealed class TextSetter(FfmpegRunner ffmpeg, TextDrawer drawer, IAnalysisCache cache)
{
    // Names the way of looking: another one must not find what this one has seen.
    private const string LookName = "small frames 1";

    /// <summary>Sets the words of a step.</summary>
    /// <param name="source">The clip with its whole recipe.</param>
    /// <param name="index">Which step it is.</param>
    /// <param name="analyses">What the steps before have found and set.</param>
    /// <param name="work">Where files go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal async Task SetAsync(ClipSource source, int index, ClipAnalyses analyses, MediaWork work, CancellationToken cancellationToken)
    {
        if (source.Recipe[index] is IPlacedOperation placed)
        {
            var view = await ViewAsync(source, index, analyses, work, cancellationToken);
            analyses.Add(placed, new SetText("", await placed.PlaceAsync(view, cancellationToken)));
            return;
        }
        if (TextDrawer.Missing is not null)
        {
            return;
        }
        var step = (ISettingOperation)source.Recipe[index];
        var shape = source.Shapes()[index];
        var count = SmallFrames.CountFor(shape.Duration);
        var order = step.OrderFor(shape) with
        {
            Frame = shape.Size,
            FramesPerSecond = shape.FramesPerSecond,
            Seconds = shape.Duration.TotalSeconds,
            Pictures = await LookAsync(source, index, analyses, count, work, cancellationToken),
            PictureSize = SmallFrames.SizeFor(shape.Size),
            PictureSeconds = shape.Duration.TotalSeconds / count,
            Taken = [.. TakenBefore(source, index, analyses)],
            Output = $"text-{analyses.NextLayer()}.mkv",
            Pixels = LayerPixels.Planar,
        };
        if (await drawer.DrawAsync(order, work, cancellationToken) is { } result)
        {
            analyses.Add(step, new SetText(order.Output, result));
        }
    }

    private async Task<OverlayView> ViewAsync(
        ClipSource source,
        int index,
        ClipAnalyses analyses,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var shape = source.Shapes()[index];
        var count = SmallFrames.CountFor(shape.Duration);
        var pictures = await LookAsync(source, index, analyses, count, work, cancellationToken);
        return new OverlayView(
            shape,
            new SmallFrames(
                SmallFrames.SizeFor(shape.Size),
                shape.Duration.TotalSeconds / count,
                await File.ReadAllBytesAsync(work.At(pictures), cancellationToken)),
            [.. TakenBefore(source, index, analyses)],
            command => ffmpeg.ReadAsync(command, work, cancellationToken));
    }

    private async Task<string> LookAsync(
        ClipSource source,
        int index,
        ClipAnalyses analyses,
        int count,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        // What lies over the picture is known by name; the picture is looked at once for all that is laid over it.
        var under = index;
        while (under > 0 && source.Recipe[under - 1] is IOverlayOperation or IBed)
        {
            under--;
        }
        var before = source with { Recipe = [.. source.Recipe.Take(under)] };
        var size = SmallFrames.SizeFor(before.Result().Size);
        var graph = new RecipeGraph(new FfmpegCommand(), work, analyses);
        var seen = graph.AddSmallFrames(before, size, count);
        var purpose = $"{LookName} {count}\n{await ffmpeg.VersionAsync(cancellationToken)}";
        var key = await graph.FingerprintAsync(purpose, sound: null, others: [], cancellationToken);
        var name = "look-" + key;
        var length = (long)count * size.Width * size.Height * 3;
        if (!cache.TryFetch(key, work.At(name)) || new FileInfo(work.At(name)).Length != length)
        {
            await ffmpeg.RenderAsync(graph.FinishLook(seen, count), work.At(name), work with { Progress = null }, null, cancellationToken);
            cache.Keep(key, work.At(name));
        }
        return name;
    }

    /// <summary>What the steps before have set and is still there, on the clip as this step finds it.</summary>
    private static IEnumerable<TakenArea> TakenBefore(ClipSource source, int index, ClipAnalyses analyses)
    {
        var shapes = source.Shapes();
        for (var i = 0; i < index; i++)
        {
            if (analyses.TextOf(source.Recipe[i]) is not { } set || shapes[i].Size.Ratio != shapes[index].Size.Ratio)
            {
                continue;
            }
            foreach (var taken in set.Result.Taken)
            {
                var seen = new ClipSpan(TimeSpan.FromSeconds(taken.Start), TimeSpan.FromSeconds(taken.End));
                if (source.Carried(seen, i, index) is { } carried)
                {
                    yield return new TakenArea(taken.Area, carried.Start.TotalSeconds, carried.End.TotalSeconds);
                }
            }
        }
    }
}
