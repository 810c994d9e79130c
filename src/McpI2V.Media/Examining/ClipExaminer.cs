using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Probing;
using McpI2V.Media.Sound;
using McpI2V.Media.Sound.Loudness;

namespace McpI2V.Media.Examining;

/// <summary>Looks at and listens to a finished clip, small and once, as a person would before it is posted.</summary>
public sealed class ClipExaminer(FfmpegRunner ffmpeg)
{
    // What an ad is; of a longer film its beginning.
    private const string Seconds = "90";
    private static readonly string Square = $"scale={GreyFrames.Side}:{GreyFrames.Side}:flags=area,format=yuv420p,extractplanes=y";

    /// <summary>What is found in it.</summary>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<ClipFindings> ExamineAsync(
        string path,
        MediaFormat format,
        ClipFacts facts,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var frames = await LookAsync(path, format, facts, work, cancellationToken);
        var heard = await HearAsync(path, format, facts, work, cancellationToken);
        return heard with
        {
            Black = frames.LongestBlack(),
            FrozenSeconds = frames.LongestFrozen(),
            Flicker = frames.Flicker(),
            BeginsEmpty = frames.BeginsEmpty(),
            Seconds = frames.Seconds(),
        };
    }

    /// <summary>What is found in its sound; its picture is not looked at.</summary>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<ClipFindings> HearAsync(
        string path,
        MediaFormat format,
        ClipFacts facts,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var levels = facts.AudioCodec is null ? null : await ListenAsync(path, format, work, cancellationToken);
        return new ClipFindings
        {
            Lufs = levels?.Lufs,
            TruePeakDb = levels is null ? null : 20 * Math.Log10(Math.Max(levels.TruePeak, 1e-9)),
        };
    }

    /// <summary>A still as the same grey square that frames are looked at as.</summary>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<byte[]> SquareAsync(string path, MediaFormat format, MediaWork work, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = command.File(path, format);
        command.Graph($"[{index}:v:0]{Square}[o]").Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        return await ffmpeg.ReadAsync(command, work, cancellationToken);
    }

    // Blocks that are not smoothed change nothing at this size, and take a third of the time away.
    private async Task<GreyFrames> LookAsync(
        string path,
        MediaFormat format,
        ClipFacts facts,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = command.File(path, format, "-skip_loop_filter", "all", "-t", Seconds);
        command
            .Graph($"[{index}:v:0]{Square}[o]")
            .Output("-map", "[o]", "-an", "-f", "rawvideo");
        return new GreyFrames(await ffmpeg.ReadAsync(command, work, cancellationToken), facts.FramesPerSecond);
    }

    private async Task<SoundLevels> ListenAsync(string path, MediaFormat format, MediaWork work, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = command.File(path, format, "-t", Seconds);
        command.Output("-map", $"{index}:a:0", "-vn").Output(StereoStream.Format);
        var levels = new SoundLevels();
        using var samples = new MemoryStream(await ffmpeg.ReadAsync(command, work, cancellationToken));
        await StereoStream.ReadAsync(samples, levels.Add, cancellationToken);
        return levels;
    }
}
