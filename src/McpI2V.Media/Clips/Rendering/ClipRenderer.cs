using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>Renders a master with its recipe to a file, in one encode; steps that must look at the clip do so before.</summary>
public sealed class ClipRenderer(FfmpegRunner ffmpeg, ClipAnalyser analyser)
{
    /// <summary>Renders to an MP4.</summary>
    /// <returns>What became of the words that were set over it.</returns>
    /// <exception cref="MediaException">
    /// A step does not fit, ffmpeg lacks a filter or failed, a file can't be decoded, or the disk is full.
    /// </exception>
    public Task<IReadOnlyList<TextResult>> RenderAsync(
        ClipSource source,
        string outputPath,
        EncodeQuality quality,
        string? comment,
        MediaWork work,
        CancellationToken cancellationToken) => RenderAsync(source, outputPath, quality, comment, delivery: null, work, cancellationToken);

    /// <summary>Renders to an MP4 as whoever shows it takes it.</summary>
    /// <returns>What became of the words that were set over it.</returns>
    /// <exception cref="MediaException">
    /// A step does not fit, ffmpeg lacks a filter or failed, a file can't be decoded, or the disk is full.
    /// </exception>
    public async Task<IReadOnlyList<TextResult>> RenderAsync(
        ClipSource source,
        string outputPath,
        EncodeQuality quality,
        string? comment,
        Delivery? delivery,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        source.Result();
        source = RenderedRecipe.Of(source);
        var analyses = await analyser.AnalyseAsync(source, work, cancellationToken);
        var looks = ClipAnalyser.Count(source);
        var graph = new RecipeGraph(new FfmpegCommand(), work, analyses);
        var clip = graph.Add(source);
        var command = delivery is null
            ? graph.Finish(clip).H264(quality, work.EncoderThreads, comment).KeyFrames(clip.Shape.FramesPerSecond, 2)
            : Delivered(graph, clip, delivery, c => c.H264(quality, work.EncoderThreads, comment));
        await ffmpeg.RenderAsync(command, outputPath, work.Part(looks, looks + 1), feed: null, cancellationToken);
        if (delivery?.SaysGenerated == true)
        {
            await XmpBox.AppendAsync(outputPath, cancellationToken);
        }
        return [.. analyses.Texts.Select(t => t.Result)];
    }

    private static FfmpegCommand Delivered(
        RecipeGraph graph,
        GraphClip clip,
        Delivery delivery,
        Func<FfmpegCommand, FfmpegCommand> encoded)
    {
        var rate = delivery.FramesPerSecond(clip.Shape.FramesPerSecond);
        var slowed = clip with { Shape = clip.Shape with { FramesPerSecond = rate } };
        var ready = clip.Audio is null
            ? slowed
            : slowed with
            {
                Audio = graph.Chain(clip.Audio, $"atrim=start_sample={FfmpegCommand.SoundPriming},asetpts=PTS-STARTPTS"),
            };
        return encoded(graph.Finish(ready)).Delivered(delivery, rate);
    }
}
