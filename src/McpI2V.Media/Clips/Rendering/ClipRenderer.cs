using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>Renders a master with its recipe to a file, in one encode; steps that must look at the clip do so before.</summary>
public sealed class ClipRenderer(FfmpegRunner ffmpeg, ClipAnalyser analyser)
{
    /// <summary>Renders to an MP4.</summary>
    /// <exception cref="MediaException">
    /// A step does not fit, ffmpeg lacks a filter or failed, a file can't be decoded, or the disk is full.
    /// </exception>
    public async Task RenderAsync(
        ClipSource source,
        string outputPath,
        EncodeQuality quality,
        string? comment,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        source.Result();
        source = RenderedRecipe.Of(source);
        var analyses = await analyser.AnalyseAsync(source, work, cancellationToken);
        var looks = ClipAnalyser.Count(source);
        var graph = new RecipeGraph(new FfmpegCommand(), work, analyses);
        var command = graph.Finish(graph.Add(source)).H264(quality, work.EncoderThreads, comment);
        await ffmpeg.RenderAsync(command, outputPath, work.Part(looks, looks + 1), feed: null, cancellationToken);
    }
}
