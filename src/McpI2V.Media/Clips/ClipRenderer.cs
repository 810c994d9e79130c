using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips;

/// <summary>Renders a master with its recipe to a file, in one encode.</summary>
public sealed class ClipRenderer(FfmpegRunner ffmpeg)
{
    /// <summary>Renders to an MP4.</summary>
    /// <exception cref="MediaException">A step does not fit, a file can't be decoded, ffmpeg failed, or the disk is full.</exception>
    public async Task RenderAsync(
        ClipSource source,
        string outputPath,
        EncodeQuality quality,
        string? comment,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        source.Result();
        var graph = new RecipeGraph(new FfmpegCommand(), work);
        var command = graph.Finish(graph.Add(source)).H264(quality, work.EncoderThreads, comment);
        await ffmpeg.RenderAsync(command, outputPath, work, feed: null, cancellationToken);
    }
}
