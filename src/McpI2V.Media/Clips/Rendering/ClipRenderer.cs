using System.Globalization;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
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
        Task RenderAsync(MachineEncoder? own, int? kilobits)
        {
            var graph = new RecipeGraph(new FfmpegCommand(), work, analyses);
            var clip = graph.Add(source);
            if (own?.Upload is { } upload)
            {
                clip = clip with { Video = graph.Chain(clip.Video, upload) };
            }
            FfmpegCommand Encoded(FfmpegCommand command) => own is null
                ? command.H264(quality, work.EncoderThreads, comment, kilobits)
                : command.H264(own, work.EncoderThreads, comment);
            var command = delivery is null
                ? Encoded(graph.Finish(clip)).KeyFrames(clip.Shape.FramesPerSecond, 2)
                : Delivered(graph, clip, delivery, Encoded);
            return ffmpeg.RenderAsync(command, outputPath, work.Part(looks, looks + 1), feed: null, cancellationToken);
        }

        // What is delivered is a final, whoever it is for.
        var careful = delivery is null ? quality : EncodeQuality.Best;
        await ffmpeg.EncodeAsync(careful, own => RenderAsync(own, kilobits: null), work, cancellationToken);
        if (delivery is not null && await PictureKilobitsAsync(outputPath, cancellationToken) < delivery.LeastPictureKilobits)
        {
            await RenderAsync(own: null, delivery.LeastPictureKilobits);
        }
        if (delivery?.SaysGenerated == true)
        {
            await XmpBox.AppendAsync(outputPath, cancellationToken);
        }
        return analyses.Results;
    }

    /// <summary>Renders the sound alone, under a picture of a file of our own, which is copied bit by bit.</summary>
    /// <param name="source">The clip with its whole recipe.</param>
    /// <param name="picturePath">An MP4 that shows what the recipe makes.</param>
    /// <param name="outputPath">Where it goes.</param>
    /// <param name="comment">Written into the file; null: nothing.</param>
    /// <param name="work">Where files go.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MediaException">A step does not fit, a file can't be decoded, or the disk is full.</exception>
    public async Task RenderSoundAsync(
        ClipSource source,
        string picturePath,
        string outputPath,
        string? comment,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        source.Result();
        source = RenderedRecipe.SoundOf(source);
        var analyses = await analyser.AnalyseAsync(source, work, cancellationToken);
        var looks = ClipAnalyser.Count(source);
        var graph = new RecipeGraph(new FfmpegCommand(), work, analyses);
        var command = graph.FinishUnder(picturePath, graph.Add(source)).Copied(work.EncoderThreads, comment);
        await ffmpeg.RenderAsync(command, outputPath, work.Part(looks, looks + 1), feed: null, cancellationToken);
    }

    private async Task<double> PictureKilobitsAsync(string path, CancellationToken cancellationToken)
    {
        string[] arguments = [.. HostileInput.Flags(MediaFormat.Mp4), "-select_streams", "v:0", "-show_entries", "stream=bit_rate"];
        var answer = await ffmpeg.ProbeAsync(
            ["-v", "error", .. arguments, "-of", "csv=p=0", "-i", "file:" + Path.GetFullPath(path)],
            cancellationToken);
        return double.TryParse(answer.Trim(), CultureInfo.InvariantCulture, out var bits) ? bits / 1000 : double.MaxValue;
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
