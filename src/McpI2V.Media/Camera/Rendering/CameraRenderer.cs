using System.Threading.Channels;
using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>Renders a shot: frames are drawn here and encoded by ffmpeg at the same time.</summary>
public sealed class CameraRenderer(FfmpegRunner ffmpeg)
{
    private const int FramesInFlight = 3;

    /// <summary>Renders the shot to an MP4.</summary>
    /// <exception cref="MediaException">A still can't be decoded, ffmpeg failed, or the disk is full.</exception>
    /// <returns>How it came from the first still to the last; null: there is no last.</returns>
    public async Task<StillEnding?> RenderAsync(CameraShot shot, string outputPath, MediaWork work, CancellationToken cancellationToken)
    {
        var source = await FrameSource.OpenAsync(ffmpeg, shot, work, cancellationToken);
        await ffmpeg.EncodeAsync(
            shot.Quality,
            own => ffmpeg.RenderAsync(
                Command(shot, own, work.EncoderThreads),
                outputPath,
                work with { Progress = null },
                (pipe, token) => FeedAsync(source, shot, pipe, work.Progress, token),
                cancellationToken),
            work,
            cancellationToken);
        return source.Ending;
    }

    private static FfmpegCommand Command(CameraShot shot, MachineEncoder? own, int threads)
    {
        var command = new FfmpegCommand();
        command.RawFrames(shot.Size, shot.FramesPerSecond);
        if (own is null)
        {
            command.Output("-map", "0:v").H264(shot.Quality, threads, shot.Comment);
        }
        else
        {
            command.Graph($"[0:v]{own.Upload ?? "null"}[o]").Output("-map", "[o]").H264(own, threads, shot.Comment);
        }
        return command.KeyFrames(shot.FramesPerSecond, 2);
    }

    private static async Task FeedAsync(
        FrameSource source,
        CameraShot shot,
        Stream pipe,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var empty = Channel.CreateBounded<Frame>(FramesInFlight);
        var drawn = Channel.CreateBounded<Frame>(FramesInFlight);
        for (var i = 0; i < FramesInFlight; i++)
        {
            empty.Writer.TryWrite(new Frame(shot.Size));
        }
        var drawing = Task.Run(() => DrawAsync(source, shot.Frames, empty.Reader, drawn.Writer, stop.Token), CancellationToken.None);
        try
        {
            var number = 0;
            await foreach (var frame in drawn.Reader.ReadAllAsync(cancellationToken))
            {
                await pipe.WriteAsync(frame.Packed, cancellationToken);
                empty.Writer.TryWrite(frame);
                progress?.Report((double)++number / shot.Frames);
            }
            await drawing;
        }
        finally
        {
            await stop.CancelAsync();
            await drawing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task DrawAsync(
        FrameSource source,
        int frames,
        ChannelReader<Frame> empty,
        ChannelWriter<Frame> drawn,
        CancellationToken cancellationToken)
    {
        try
        {
            for (var number = 0; number < frames; number++)
            {
                var frame = await empty.ReadAsync(cancellationToken);
                source.Draw(number, frame);
                await drawn.WriteAsync(frame, cancellationToken);
            }
            drawn.Complete();
        }
        catch (Exception e)
        {
            drawn.Complete(e);
            throw;
        }
    }
}
