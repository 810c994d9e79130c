using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Sound;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Clips.Rendering;

/// <summary>A clip as it stands before a step, to be looked at.</summary>
public sealed class ClipAnalysis
{
    private readonly FfmpegRunner ffmpeg;
    private readonly ClipSource source;
    private readonly ClipAnalyses earlier;
    private readonly MediaWork work;

    internal ClipAnalysis(FfmpegRunner ffmpeg, ClipSource source, ClipAnalyses earlier, MediaWork work, string resultName)
    {
        (this.ffmpeg, this.source, this.earlier, this.work) = (ffmpeg, source, earlier, work);
        (Shape, ResultName) = (source.Result(), resultName);
    }

    /// <summary>What the clip is.</summary>
    public ClipShape Shape { get; }

    /// <summary>The result's name in the folder in which ffmpeg runs: letters, digits and hyphens, so that a filter can write it.</summary>
    public string ResultName { get; }

    /// <summary>Where the result is to be written.</summary>
    public string ResultPath => work.At(ResultName);

    /// <summary>Where temporary files go.</summary>
    public MediaWork Work => work;

    /// <summary>Hears the clip's sound, block by block, without decoding its picture.</summary>
    /// <param name="take">Takes interleaved stereo of 48 kHz.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    public Task ListenAsync(Action<ReadOnlySpan<float>> take, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work, earlier);
        var sound = graph.Add(source).Audio ?? throw new InvalidOperationException("there is nothing to hear");
        graph.WriteSoundTo(command, sound);
        return HearAsync(command, sound, take, cancellationToken);
    }

    /// <summary>Hears another sound, block by block.</summary>
    public Task ListenToAsync(AudioSource audio, Action<ReadOnlySpan<float>> take, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work, earlier);
        var sound = graph.AddAudio(audio, looped: false);
        graph.WriteTo(command);
        return HearAsync(command, sound, take, cancellationToken);
    }

    private Task HearAsync(FfmpegCommand command, string label, Action<ReadOnlySpan<float>> take, CancellationToken cancellationToken) =>
        ffmpeg.StreamAsync(
            command.Output("-map", $"[{label}]").Output(StereoStream.Format),
            work,
            (stream, token) => StereoStream.ReadAsync(stream, take, token),
            cancellationToken);

    /// <summary>Sees the clip as a few small pictures.</summary>
    internal async Task<SmallFrames> SeeAsync(CancellationToken cancellationToken)
    {
        var (size, count) = (SmallFrames.SizeFor(Shape.Size), SmallFrames.CountFor(Shape.Duration));
        var graph = new RecipeGraph(new FfmpegCommand(), work, earlier);
        var seen = graph.AddSmallFrames(source, size, count);
        var name = ResultName + ".rgb";
        await ffmpeg.RenderAsync(graph.FinishLook(seen, count), work.At(name), work with { Progress = null }, null, cancellationToken);
        var pixels = await File.ReadAllBytesAsync(work.At(name), cancellationToken);
        return new SmallFrames(size, Shape.Duration.TotalSeconds / count, pixels);
    }

    /// <summary>Sees single moments, grey.</summary>
    /// <param name="moments">Which, of which clips; gets what makes the clip, as <see cref="IClipOperation.Build"/> does.</param>
    /// <param name="longestSide">How large, in pixels.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    internal async Task<IReadOnlyList<Plane>> SeeAsync(
        Func<RecipeGraph, Func<GraphClip>, IEnumerable<(GraphClip Clip, TimeSpan At)>> moments,
        int longestSide,
        CancellationToken cancellationToken)
    {
        var size = Shape.Size.Within(longestSide).Even();
        var graph = new RecipeGraph(new FfmpegCommand(), work, earlier);
        List<string> pictures = [];
        foreach (var (clip, at) in moments(graph, () => graph.Add(source)))
        {
            var frame = (int)(at.TotalSeconds * clip.Shape.FramesPerSecond);
            pictures.Add(graph.Chain(
                clip.Video,
                $"tpad=stop_mode=clone:stop=4,trim=start_frame={frame}:end_frame={frame + 1},setpts=PTS-STARTPTS," +
                    $"scale={size.Width}:{size.Height}:flags=area,format=gray"));
            graph.Drop(clip.Audio);
        }
        var all = graph.Chain(pictures, $"concat=n={pictures.Count}:v=1:a=0,format=gray");
        var name = ResultName + ".gray";
        var look = graph.FinishLook(all, pictures.Count);
        await ffmpeg.RenderAsync(look, work.At(name), work with { Progress = null }, null, cancellationToken);
        var pixels = await File.ReadAllBytesAsync(work.At(name), cancellationToken);
        return [.. pixels.Chunk(size.Width * size.Height).Select(p => Plane.From(p, size.Width, size.Height))];
    }

    /// <summary>Runs filters and keeps nothing but what they write themselves.</summary>
    /// <param name="pass">Which look it is, from 1.</param>
    /// <param name="passes">How many there will be, for progress.</param>
    /// <param name="look">Adds the filters; gets what makes the clip, as <see cref="IClipOperation.Build"/> does.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    public async Task LookAsync(
        int pass,
        int passes,
        Func<RecipeGraph, Func<GraphClip>, GraphClip> look,
        CancellationToken cancellationToken)
    {
        var graph = new RecipeGraph(new FfmpegCommand(), work, earlier);
        var command = graph.Finish(look(graph, () => graph.Add(source))).Output("-f", "null");
        // The null muxer opens no file.
        await ffmpeg.RenderAsync(command, work.At("nothing"), work.Part(pass - 1, passes), feed: null, cancellationToken);
    }
}
