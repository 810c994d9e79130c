using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Grading;

namespace McpI2V.Media.Previews;

/// <summary>Takes a frame out of a clip, as it is, losslessly.</summary>
public sealed class FrameRenderer(FfmpegRunner ffmpeg)
{
    /// <summary>Writes the frame at a moment as PNG.</summary>
    /// <exception cref="MediaException">The clip can't be decoded there.</exception>
    public Task PngAsync(PreviewSource clip, TimeSpan at, string outputPath, MediaWork work, CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        command.File(clip.Path, clip.Format, at > TimeSpan.Zero ? ["-ss", FfmpegCommand.Number(at.TotalSeconds)] : []);
        command
            .Graph($"[0:v:0]{GradeFilter.ToStandard(clip.Tags, work)}setsar=1,scale=in_color_matrix=bt709:in_range=tv:" +
                "flags=accurate_rnd+full_chroma_int,format=rgb24[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-map_metadata", "-1", "-c:v", "png", "-f", "image2", "-update", "1");
        return ffmpeg.RenderStillAsync(command, outputPath, work, cancellationToken);
    }
}
