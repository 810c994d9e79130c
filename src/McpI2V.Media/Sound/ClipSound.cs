using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Sound;

/// <summary>Takes the sound out of a clip.</summary>
public sealed class ClipSound(FfmpegRunner ffmpeg)
{
    /// <summary>Writes it as an M4A whose time is the clip's: what begins later is silent before.</summary>
    /// <exception cref="MediaException">There is no sound in it, or none that can be decoded.</exception>
    public Task WriteAsync(string path, MediaFormat format, string outputPath, MediaWork work, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = command.File(path, format);
        command.Output("-map", $"{index}:a:0", "-vn", "-af", "aresample=async=1:first_pts=0");
        command.Output("-c:a", "aac", "-b:a", "192k", "-ar", "48000", "-ac", "2", "-map_metadata", "-1", "-map_chapters", "-1");
        command.Output("-fflags", "+bitexact", "-movflags", "+faststart", "-f", "ipod");
        return ffmpeg.RenderAsync(command, outputPath, work, feed: null, cancellationToken);
    }
}
