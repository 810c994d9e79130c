namespace McpI2V.Media.Formats;

/// <summary>
/// How the numbers of a clip's pictures are to be read, as its stream says (ITU-T H.273; names as ffprobe writes them), else as players
/// take it. What is rendered here is <see cref="Standard"/>.
/// </summary>
/// <param name="Matrix">Of what red, green and blue the luma and chroma are made.</param>
/// <param name="Transfer">How numbers become light.</param>
/// <param name="IsFullRange">True if black is 0 and white 255.</param>
public sealed record ColourTags(string Matrix, string Transfer, bool IsFullRange)
{
    private const string Hlg = "arib-std-b67";
    private const string Pq = "smpte2084";
    private const string Full = "full";

    // Chromium's rule for streams that say nothing (media/ffmpeg/ffmpeg_common.cc), read 2026-12.
    private const int LinesOfHd = 720;

    /// <summary>SDR in bt709 at limited range.</summary>
    public static readonly ColourTags Standard = new("bt709", "bt709", IsFullRange: false);

    // As swscale names the matrices that it knows.
    private static readonly Dictionary<string, string> Matrices = new(StringComparer.Ordinal)
    {
        ["bt709"] = "bt709",
        ["smpte170m"] = "bt601",
        ["bt470bg"] = "bt601",
        ["fcc"] = "fcc",
        ["smpte240m"] = "smpte240m",
        ["bt2020nc"] = "bt2020",
        ["bt2020c"] = "bt2020",
    };

    /// <summary>True for hybrid log-gamma, as phones record it.</summary>
    public bool IsHlg => Transfer == Hlg;

    /// <summary>True for a clip brighter than SDR can be.</summary>
    public bool IsHdr => IsHlg || Transfer == Pq;

    /// <summary>What the user calls it.</summary>
    public string Name => IsHlg ? "HLG" : IsHdr ? "PQ" : "SDR";

    /// <summary>The tags of a stream. One that names no matrix is shown by players in BT.601 below 720 lines, else in bt709.</summary>
    public static ColourTags FromStream(string? matrix, string? transfer, string? range, int lines)
    {
        ColourTags tags = new(
            Matrices.GetValueOrDefault(matrix ?? "") ?? (lines < LinesOfHd ? "bt601" : Standard.Matrix),
            transfer is Hlg or Pq ? transfer : Standard.Transfer,
            range == "pc");
        return tags == Standard ? Standard : tags;
    }

    /// <summary>What is kept of them; null for <see cref="Standard"/>.</summary>
    public string? Write() => this == Standard ? null : $"{Matrix} {Transfer} {(IsFullRange ? Full : "limited")}";

    /// <summary>Reads what was kept.</summary>
    public static ColourTags Read(string? kept) => kept?.Split(' ') is [var matrix, var transfer, var range]
        && Matrices.ContainsValue(matrix)
        ? new ColourTags(matrix, transfer is Hlg or Pq ? transfer : Standard.Transfer, range == Full)
        : Standard;
}
