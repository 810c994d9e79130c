using McpI2V.Media.Geometry;

namespace McpI2V.Media.Ffmpeg;

/// <summary>Pieces of filter graph for stills.</summary>
internal static class StillGraph
{
    /// <summary>The filters that turn a stored picture upright, ending with a comma; empty for orientation 1.</summary>
    public static string Upright(int orientation) => orientation switch
    {
        2 => "hflip,",
        3 => "hflip,vflip,",
        4 => "vflip,",
        5 => "transpose=0,",
        6 => "transpose=1,",
        7 => "transpose=3,",
        8 => "transpose=2,",
        _ => "",
    };

    /// <summary>Scales to a size and to video's colours: bt709, limited range.</summary>
    public static string ScaleToVideo(PixelSize size) =>
        $"scale={size.Width}:{size.Height}:flags=lanczos+accurate_rnd:out_color_matrix=bt709:out_range=tv";
}
