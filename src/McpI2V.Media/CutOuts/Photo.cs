namespace McpI2V.Media.CutOuts;

/// <summary>A decoded photograph: three bytes a pixel, row by row.</summary>
internal sealed record Photo(int Width, int Height, byte[] Rgb)
{
    public int Pixels => Width * Height;

    /// <summary>How far a pixel is from a colour, in levels: the largest of the three differences.</summary>
    public float Distance(int at, float red, float green, float blue) => Math.Max(
        Math.Abs(Rgb[3 * at] - red),
        Math.Max(Math.Abs(Rgb[(3 * at) + 1] - green), Math.Abs(Rgb[(3 * at) + 2] - blue)));

    /// <summary>How bright a pixel is, in levels.</summary>
    public float Luma(int at) => (0.2126f * Rgb[3 * at]) + (0.7152f * Rgb[(3 * at) + 1]) + (0.0722f * Rgb[(3 * at) + 2]);
}
