using System.Security.Cryptography;
using System.Text;
using McpI2V.Media.Formats;
using McpI2V.Media.Grading.Tables;

namespace McpI2V.Media.Grading;

/// <summary>
/// Colours by one table, in 16 bit all the way from the picture to its rounding, which is dithered: an 8 bit picture that is rounded
/// plainly has bands in every soft wall. (From floating point swscale rounds without dithering, as of ffmpeg 5.1.)
/// </summary>
internal static class GradeFilter
{
    /// <summary>Filters that not every ffmpeg has.</summary>
    public static readonly IReadOnlyList<string> Needed = ["lut3d"];

    /// <summary>Writes the table of steps into the work folder, once however often it is asked for.</summary>
    /// <returns>Its name there: letters, digits, a hyphen and a point.</returns>
    public static string WriteTable(IReadOnlyList<IColourStep> steps, MediaWork work)
    {
        // Worked out in full between steps: no table is read off another.
        var functions = steps.Select(s => s.Function()).ToList();
        var text = ColourTable
            .Of(steps.Max(s => s.Points), coded => functions.Aggregate(coded, (colour, function) => function(colour)))
            .ToCube();
        var name = $"lut-{Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)))[..16]}.cube";
        if (!File.Exists(work.At(name)))
        {
            File.WriteAllText(work.At(name), text);
        }
        return name;
    }

    /// <summary>For a clip's frames, bt709 at limited range whatever tag they carry here. Each quarter of its chroma is coloured with its
    /// own luma and they are averaged again, so that a table that changes nothing gives back the picture.</summary>
    public static string OnClip(string table) => OnClip(table, ColourTags.Standard);

    /// <summary>The filters that bring a master's frames to bt709 at limited range, each with a comma after it; none where they are so.
    /// The work folder gets what table they need.</summary>
    public static string ToStandard(ColourTags tags, MediaWork work) =>
        tags == ColourTags.Standard ? ""
        : tags.IsHdr ? OnClip(WriteTable([new HdrStep(tags.IsHlg)], work), tags) + ","
        : OnClip(table: null, tags) + ",";

    // Also without a table by way of RGB of 16 bit: from one matrix straight to another swscale is off by two levels (ffmpeg 5.1).
    private static string OnClip(string? table, ColourTags tags) =>
        $"scale=in_color_matrix={tags.Matrix}:in_range={(tags.IsFullRange ? "pc" : "tv")}:out_range=pc:flags=neighbor,format=gbrp16," +
            (table is null ? "" : Apply(table) + ",") +
            "scale=in_range=pc:out_color_matrix=bt709:out_range=tv:flags=area:sws_dither=bayer,format=yuv420p";

    /// <summary>For a still of RGB with transparency or without: what comes out is RGB of 16 bit, to be rounded by what follows.</summary>
    public static string OnStill(string table, bool hasAlpha) => $"format={(hasAlpha ? "gbrap16" : "gbrp16")}," + Apply(table);

    private static string Apply(string table) => $"lut3d=file={table}:interp=tetrahedral";
}
