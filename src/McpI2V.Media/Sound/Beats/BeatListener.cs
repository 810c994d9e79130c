using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Sound.Beats;

/// <summary>Listens to a file for its beats.</summary>
public sealed class BeatListener(FfmpegRunner ffmpeg)
{
    // The longest film is shorter; music of hours is not heard to its end.
    private const string Longest = "660";

    /// <summary>Its beats; null where there are none to be found.</summary>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<BeatGrid?> ListenAsync(string path, MediaFormat format, MediaWork work, CancellationToken cancellationToken)
    {
        var tracker = new BeatTracker();
        var command = new FfmpegCommand();
        var index = command.File(path, format, "-t", Longest);
        await ffmpeg.StreamAsync(
            command.Output("-map", $"{index}:a:0", "-vn").Output(StereoStream.Format),
            work,
            (stream, token) => StereoStream.ReadAsync(stream, tracker.Add, token),
            cancellationToken);
        return tracker.Find();
    }
}
