using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Stills;

/// <summary>
/// Where in its picture a cut-out's subject really is: people export them with any margin, and a shadow must touch the subject.
/// </summary>
/// <param name="Left">0 to 1 from the left.</param>
/// <param name="Right">0 to 1 from the left.</param>
/// <param name="Bottom">0 to 1 from the top.</param>
/// <param name="FootLeft">Where its lowest part begins, 0 to 1 from the left.</param>
/// <param name="FootRight">Where its lowest part ends.</param>
internal sealed record AlphaBounds(double Left, double Right, double Bottom, double FootLeft, double FootRight)
{
    private const int Side = 256;
    private const byte Seen = 40;
    private const int FootRows = 6;

    /// <summary>The whole picture.</summary>
    public static readonly AlphaBounds Whole = new(0, 1, 1, 0, 1);

    public static async Task<AlphaBounds> MeasureAsync(
        FfmpegRunner ffmpeg,
        StillSource still,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        command.File(still.Path, still.Format);
        command
            .Graph($"[0:v]{StillGraph.Upright(still.Orientation)}format=rgba,alphaextract,scale={Side}:{Side}:flags=area,format=gray[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var alpha = await ffmpeg.ReadAsync(command, work, cancellationToken);
        int left = Side, right = 0, bottom = 0;
        for (var i = 0; i < Math.Min(alpha.Length, Side * Side); i++)
        {
            if (alpha[i] >= Seen)
            {
                (left, right, bottom) = (Math.Min(left, i % Side), Math.Max(right, (i % Side) + 1), (i / Side) + 1);
            }
        }
        if (right == 0)
        {
            return Whole;
        }
        var foot = Enumerable.Range((bottom - Math.Min(bottom, FootRows)) * Side, Math.Min(bottom, FootRows) * Side)
            .Where(i => alpha[i] >= Seen)
            .Select(i => i % Side)
            .ToList();
        return new AlphaBounds(
            (double)left / Side,
            (double)right / Side,
            (double)bottom / Side,
            (double)foot.Min() / Side,
            (foot.Max() + 1.0) / Side);
    }
}
