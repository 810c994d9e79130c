using McpI2V.Media.Grading.Light;

namespace McpI2V.Media.Grading;

/// <summary>
/// What a look does beyond the numbers of a grade: other colours in the dark and in the light, and blacks that are not quite.
/// </summary>
/// <param name="Shadows">Added in the dark, in OKLab: red against green, yellow against blue.</param>
/// <param name="Highlights">Added in the light.</param>
/// <param name="Fade">How far black is lifted, 0 to 0.3 of the way to white.</param>
internal sealed record Toning((double A, double B) Shadows, (double A, double B) Highlights, double Fade) : IColourStep
{
    public static readonly Toning None = new((0, 0), (0, 0), 0);

    public bool IsNeutral => this == None;

    public Func<Rgb, Rgb> Function() => coded =>
    {
        var lab = OkLab.Of(LinearLight.Of(coded.Clamped()));
        // Neither black nor white takes a colour: paper and letters stay what they are.
        var light = lab.Lightness;
        var (dark, bright) = (4 * light * (1 - light) * (1 - light) * 1.6, 4 * light * light * (1 - light) * 1.6);
        var toned = lab with
        {
            A = lab.A + (Shadows.A * dark) + (Highlights.A * bright),
            B = lab.B + (Shadows.B * dark) + (Highlights.B * bright),
        };
        var shown = LinearLight.Coded(toned.ToShownLight(lab));
        return shown.Each(v => Fade + (v * (1 - Fade)));
    };
}
