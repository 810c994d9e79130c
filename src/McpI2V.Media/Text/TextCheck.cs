using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text;

/// <summary>Finds out whether letters really appear: a machine without fonts renders none and reports no error.</summary>
public sealed class TextCheck(FfmpegRunner ffmpeg)
{
    /// <summary>True if text on black leaves light pixels.</summary>
    /// <exception cref="MediaException">ffmpeg is missing or has no text renderer.</exception>
    public async Task<bool> CanDrawAsync(MediaWork work, CancellationToken cancellationToken)
    {
        var size = new PixelSize(320, 320);
        var filter = AssDocument.WriteFilter(
            [new TextCue("Text", TimeSpan.Zero, TimeSpan.FromHours(1), TextPosition.Center, TextStyle.Bold)],
            size,
            work,
            "check");
        var command = new FfmpegCommand();
        command
            .Graph($"color=c=black:s={size}:d=1,format=gray,{filter},format=gray[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var pixels = await ffmpeg.ReadAsync(command, work, cancellationToken);
        return pixels.Count(p => p > 128) > 100;
    }
}
