using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Camera.Rendering;
using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Processes;

namespace McpI2V.Bench;

/// <summary>The shot that the benchmarks render: a 5 s push in at 1080x1920, 30 fps.</summary>
internal static class CameraShots
{
    public static readonly FfmpegRunner Ffmpeg = new(new FfmpegPrograms(), new ProcessPlaces());

    public static CameraShot PushIn(string still, PixelSize size) => new()
    {
        Still = new StillSource(still, MediaFormat.Jpeg, size, 1, HasAlpha: false),
        Path = new CameraPath(CameraMove.PushIn, 0.5, Easing.EaseInOut, Loops: false, Seed: 0),
        Duration = TimeSpan.FromSeconds(5),
        Size = new PixelSize(1080, 1920),
    };

    /// <summary>The raw frames of a shot, as the encoder gets them.</summary>
    public static async Task WriteFramesAsync(CameraShot shot, string path, MediaWork work)
    {
        var source = await FrameSource.OpenAsync(Ffmpeg, shot, work, CancellationToken.None);
        var frame = new Frame(shot.Size);
        await using var file = File.Create(path);
        for (var i = 0; i < shot.Frames; i++)
        {
            source.Draw(i, frame);
            await file.WriteAsync(frame.Packed);
        }
    }

    /// <summary>Encodes raw frames and does nothing else.</summary>
    public static Task EncodeAsync(string frames, PixelSize size, int framesPerSecond, EncodeQuality quality, MediaWork work)
    {
        var command = new FfmpegCommand();
        command.RawFrames(size, framesPerSecond);
        command.Output("-map", "0:v").H264(quality, work.EncoderThreads, null).KeyFrames(framesPerSecond, 2);
        return Ffmpeg.RenderAsync(command, work.At("alone.mp4"), work, async (pipe, token) =>
        {
            await using var file = File.OpenRead(frames);
            await file.CopyToAsync(pipe, (int)size.Pixels * 3 / 2, token);
        }, CancellationToken.None);
    }
}
