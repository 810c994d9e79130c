using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;
using McpI2V.Media.Previews;

namespace McpI2V.Media.Colours;

/// <summary>Measures the dominant colours of a still, or of a clip's middle.</summary>
public sealed class ColourProbe(FfmpegRunner ffmpeg)
{
    private const int Side = 64;

    /// <summary>The colours, the largest first.</summary>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<IReadOnlyList<ColourShare>> OfAsync(PreviewSource source, MediaWork work, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        command.File(source.Path, source.Format, source.Duration > TimeSpan.Zero
            ? ["-ss", FfmpegCommand.Number(source.Duration.TotalSeconds / 2)]
            : []);
        command
            .Graph($"[0:v:0]scale={Side}:{Side}:flags=area,format=rgba[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var pixels = await ffmpeg.ReadAsync(command, work, cancellationToken);
        return DominantColours.Of(pixels.Chunk(4)
            .Where(p => p.Length == 4 && p[3] >= 128)
            .Select(p => new Colour(p[0], p[1], p[2])));
    }
}
