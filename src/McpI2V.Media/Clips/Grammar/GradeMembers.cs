using McpI2V.Media.Formats;
using McpI2V.Media.Grading;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>What a grade takes, of a clip as of a still.</summary>
public static class GradeMembers
{
    private static readonly Member<GradeLook?> Look = Members.ChoiceOrNone<GradeLook>("look", "numbers go on top");

    private static readonly Member<double> Exposure = Members.Number("exposure", "in stops", -2, 2, 0);

    private static readonly Member<double> Contrast = Members.Number("contrast", "-1 is flat, 1 hard", -1, 1, 0);

    private static readonly Member<double> Highlights = Members.Number("highlights", "1 is brighter", -1, 1, 0).ByName();

    private static readonly Member<double> Shadows = Members.Number("shadows", "1 is brighter", -1, 1, 0).ByName();

    private static readonly Member<double> Saturation = Members.Number("saturation", "-1 is grey, 1 vivid", -1, 1, 0);

    private static readonly Member<double> Vibrance = Members.Number("vibrance", "spares skin and what is vivid", -1, 1, 0).ByName();

    private static readonly Member<double> Temperature = Members.Number("temperature", "-1 is cool, 1 warm", -1, 1, 0);

    private static readonly Member<double> Tint = Members.Number("tint", "-1 is green, 1 magenta", -1, 1, 0);

    private static readonly Member<double> Grain = Members.Number("grain", "film's", 0, 1, 0).ByName();

    private static readonly Member<double> Vignette = Members.Number("vignette", "darkens corners", 0, 1, 0).ByName();

    internal static IReadOnlyList<Member> All { get; } =
        [Look, Exposure, Contrast, Highlights, Shadows, Saturation, Vibrance, Temperature, Tint, Grain, Vignette];

    /// <summary>What becomes of colours: a look, then the numbers.</summary>
    internal static IReadOnlyList<IColourStep> Colours(OperationReader reader)
    {
        var settings = new GradeSettings
        {
            Exposure = Exposure.Read(reader),
            Contrast = Contrast.Read(reader),
            Highlights = Highlights.Read(reader),
            Shadows = Shadows.Read(reader),
            Saturation = Saturation.Read(reader),
            Vibrance = Vibrance.Read(reader),
            Temperature = Temperature.Read(reader),
            Tint = Tint.Read(reader),
        };
        IReadOnlyList<IColourStep> look = Look.Read(reader) is { } named ? Looks.Of(named) : [];
        return [.. look, .. settings.IsNeutral ? [] : new IColourStep[] { settings }];
    }

    /// <summary>What is laid over that.</summary>
    internal static GradeFinish Finish(OperationReader reader) => new(Grain.Read(reader), Vignette.Read(reader));

    /// <summary>A .cube file.</summary>
    internal static Member<StillSource> Table(string name) => Members.Still(name, "a .cube file, 1D or 3D of 2 to 65");

    /// <summary>How much of a table is taken.</summary>
    internal static Member<double> Strength(string name) => Members.Number(name, "0 is none of it", 0, 1, 1).ByName();

    /// <summary>The grade of a still, by the same members, and a table before it as <c>lut</c> and <c>lut_strength</c>.</summary>
    public static StillGrade Of(OperationReader reader)
    {
        List<IColourStep> steps = [];
        var strength = Strength("lut_strength").Read(reader);
        if (reader.Has("lut"))
        {
            var step = new LutStep(Table("lut").Read(reader), strength);
            step.RequireTable();
            steps.Add(step);
        }
        return new StillGrade([.. steps, .. Colours(reader)], Finish(reader));
    }
}
