using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing.Headers;

namespace McpI2V.Media.Stills;

/// <summary>Brings a still to a size and a format, upright and without what a camera wrote into it.</summary>
public sealed class StillFitter(FfmpegRunner ffmpeg)
{
    private const int App1 = 0xE1;

    /// <summary>Renders at a size of the same shape: JPEG, or PNG where transparency is to be kept.</summary>
    /// <exception cref="MediaException">It can't be decoded, or the disk is full.</exception>
    public async Task RenderAsync(
        StillSource still,
        PixelSize size,
        bool keepAlpha,
        string outputPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work);
        var opened = graph.AddStillFrame(still);
        var pixels = keepAlpha ? "format=rgba" : "format=yuv444p,scale=out_color_matrix=bt601:out_range=pc,format=yuvj444p";
        var video = graph.Chain(opened, $"scale={size.Width}:{size.Height}:flags=lanczos,setsar=1,{pixels}");
        command.Output(
            "-map",
            $"[{video}]",
            "-frames:v",
            "1",
            "-map_metadata",
            "-1",
            "-fflags",
            "+bitexact",
            "-f",
            "image2",
            "-update",
            "1");
        command.Output(keepAlpha ? ["-c:v", "png"] : ["-q:v", "2"]);
        graph.WriteTo(command);
        await ffmpeg.RenderStillAsync(command, outputPath, work, cancellationToken);
    }

    /// <summary>True if a JPEG carries what a camera or an editor wrote: place, time, owner.</summary>
    public static bool CarriesMetadata(string path)
    {
        using var file = File.OpenRead(path);
        return JpegSegments.Of(new FileParts(file)).Any(s => s.Kind == App1);
    }
}
