namespace McpI2V.Media.Sound.Loudness;

/// <summary>The ear's weighting of ITU-R BS.1770-4, annex 1, for one channel of 48 kHz: a shelf and a high pass.</summary>
internal sealed class KWeighting
{
    private double shelf1;
    private double shelf2;
    private double pass1;
    private double pass2;

    public double Next(double sample)
    {
        var shelf = sample + (1.69065929318241 * shelf1) - (0.73248077421585 * shelf2);
        var shelved = (1.53512485958697 * shelf) - (2.69169618940638 * shelf1) + (1.19839281085285 * shelf2);
        (shelf2, shelf1) = (shelf1, shelf);
        var pass = shelved + (1.99004745483398 * pass1) - (0.99007225036621 * pass2);
        var weighted = pass - (2 * pass1) + pass2;
        (pass2, pass1) = (pass1, pass);
        return weighted;
    }
}
