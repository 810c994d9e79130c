namespace McpI2V.Media.Grading;

/// <summary>What each named look is made of.</summary>
internal static class Looks
{
    /// <summary>The steps of a look, in order.</summary>
    public static IReadOnlyList<IColourStep> Of(GradeLook look)
    {
        var (settings, toning) = Made(look);
        return toning.IsNeutral ? [settings] : [settings, toning];
    }

    private static (GradeSettings Settings, Toning Toning) Made(GradeLook look) => look switch
    {
        GradeLook.Warm => (new() { Temperature = 0.4, Tint = 0.1, Contrast = 0.08, Exposure = 0.06, Vibrance = 0.08 }, Toning.None),
        GradeLook.Cool => (new() { Temperature = -0.4, Contrast = 0.08, Saturation = -0.04 }, Toning.None),
        GradeLook.Punchy => (new() { Contrast = 0.38, Vibrance = 0.35, Saturation = 0.08, Shadows = 0.1 }, Toning.None),
        GradeLook.Soft => (
            new() { Exposure = 0.12, Contrast = -0.3, Saturation = -0.08, Temperature = 0.08 },
            new Toning((0, 0), (0.003, 0.004), 0.035)),
        GradeLook.Mono => (new() { Saturation = -1, Contrast = 0.2 }, Toning.None),
        GradeLook.Golden => (
            new() { Temperature = 0.55, Tint = 0.12, Exposure = 0.1, Shadows = 0.15, Highlights = -0.1, Vibrance = 0.15 },
            new Toning((0.006, 0.008), (0.004, 0.022), 0.015)),
        GradeLook.TealOrange => (
            new() { Contrast = 0.22, Vibrance = 0.2, Temperature = 0.08 },
            new Toning((-0.022, -0.022), (0.016, 0.024), 0)),
        GradeLook.Film => (
            new() { Contrast = 0.16, Highlights = -0.2, Shadows = 0.12, Saturation = -0.12, Temperature = 0.1 },
            new Toning((-0.008, -0.006), (0.006, 0.012), 0.045)),
        GradeLook.Noir => (new() { Saturation = -1, Contrast = 0.65, Shadows = -0.2, Highlights = 0.1 }, Toning.None),
        GradeLook.Pastel => (
            new() { Exposure = 0.25, Contrast = -0.35, Saturation = -0.15, Vibrance = 0.2, Shadows = 0.25 },
            new Toning((0.006, -0.006), (0.008, 0.002), 0.04)),
        GradeLook.Clean => (
            new() { Exposure = 0.18, Contrast = 0.12, Highlights = 0.15, Shadows = 0.12, Temperature = -0.05 },
            Toning.None),
        _ => (new() { Contrast = 0.08, Vibrance = 0.12 }, Toning.None),
    };
}
