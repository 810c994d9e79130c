using System.Runtime.InteropServices;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing;

/// <summary>Listens whether a sound track holds anything: some models deliver one that is empty.</summary>
internal static class SilenceProbe
{
    private const string Seconds = "60";

    // -60 dB of full scale: below what anybody hears of a clip.
    private const int Loudest = 32;

    public static async Task<bool> IsSilentAsync(
        FfmpegRunner ffmpeg,
        string path,
        MediaFormat format,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = command.File(path, format, "-t", Seconds);
        command.Output("-map", $"{index}:a:0", "-vn", "-ac", "1", "-ar", "8000", "-f", "s16le");
        var samples = await ffmpeg.ReadAsync(command, work, cancellationToken);
        return MemoryMarshal.Cast<byte, short>(samples.AsSpan()).IndexOfAnyExceptInRange((short)-Loudest, (short)Loudest) < 0;
    }
}
