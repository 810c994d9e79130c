namespace McpI2V.Media.Clips.Rendering;

/// <summary>
/// A recipe in the order in which it is rendered: what lies under a clip is laid after its picture was held, and peaks that have added up
/// are kept under full scale once, at the end.
/// </summary>
internal static class RenderedRecipe
{
    /// <summary>The same clip by steps that are rendered one after another.</summary>
    /// <param name="source">A clip that fits its recipe.</param>
    public static ClipSource Of(ClipSource source)
    {
        var ordered = Ordered(source);
        return Ceiling(ordered) is { } ceiling ? ordered with { Recipe = [.. ordered.Recipe, ceiling] } : ordered;
    }

    /// <summary>The same clip by the steps that its sound is made by alone.</summary>
    /// <param name="source">A clip that fits its recipe.</param>
    public static ClipSource SoundOf(ClipSource source) => Heard(Of(source));

    private static ClipSource Heard(ClipSource source) => source with
    {
        Recipe = [.. source.Recipe.OfType<ISoundOperation>().Select(s => s.Clips.Count > 0 ? s.With([.. s.Clips.Select(Heard)]) : s)],
    };

    private static IClipOperation? Ceiling(ClipSource source) => source.Recipe
        .Select(s => (s as ISoundOperation)?.Ceiling ?? s.Clips.Select(Ceiling).FirstOrDefault(c => c is not null))
        .FirstOrDefault(c => c is not null);

    private static ClipSource Ordered(ClipSource source)
    {
        var (recipe, shapes) = (new List<IClipOperation>(), new List<ClipShape> { source.Shape });
        foreach (var step in source.Recipe)
        {
            var own = step.Clips.Count > 0 && step is ISoundOperation of ? of.With([.. step.Clips.Select(Ordered)]) : step;
            foreach (var part in own is ISoundOperation sounds ? sounds.Parts : [own])
            {
                Add(part, recipe, shapes);
            }
        }
        return source with { Recipe = recipe };
    }

    private static void Add(IClipOperation step, List<IClipOperation> recipe, List<ClipShape> shapes)
    {
        var place = recipe.Count;
        if (step is IPicturePause pause && pause.PauseUnderSound(shapes[^1]) is { } held)
        {
            // Beds go past the pause one by one, the last first; what changes the picture alone stands in nobody's way.
            for (var i = recipe.Count - 1; i >= 0 && (recipe[i] is IBed || recipe[i] is not ISoundOperation); i--)
            {
                if (recipe[i] is IBed bed)
                {
                    recipe.RemoveAt(i);
                    recipe.Insert(--place, bed.Past(held, shapes[i]));
                }
            }
        }
        recipe.Insert(place, step);
        shapes.RemoveRange(1, shapes.Count - 1);
        foreach (var each in recipe)
        {
            shapes.Add(each.Apply(shapes[^1]));
        }
    }
}
