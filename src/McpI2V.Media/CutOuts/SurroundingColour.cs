namespace McpI2V.Media.CutOuts;

/// <summary>The mean colour of some pixels around each: of the subject's inside, or of the backdrop beyond its edge.</summary>
internal sealed class SurroundingColour
{
    private readonly float[] weight;
    private readonly float[][] colours;

    private SurroundingColour(float[] weight, float[][] colours) => (this.weight, this.colours) = (weight, colours);

    public static SurroundingColour Of(Photo photo, bool[] among, int radius)
    {
        var weight = BoxMean.Of(Array.ConvertAll(among, a => a ? 1f : 0), photo.Width, photo.Height, radius);
        return new SurroundingColour(weight, [.. Enumerable.Range(0, 3).Select(channel =>
        {
            var values = new float[photo.Pixels];
            for (var at = 0; at < values.Length; at++)
            {
                values[at] = among[at] ? photo.Rgb[(3 * at) + channel] : 0;
            }
            return BoxMean.Of(values, photo.Width, photo.Height, radius);
        })]);
    }

    /// <summary>The mean around a pixel; null where none of them is near.</summary>
    public (float Red, float Green, float Blue)? At(int at) => weight[at] > 1e-4
        ? (colours[0][at] / weight[at], colours[1][at] / weight[at], colours[2][at] / weight[at])
        : null;
}
