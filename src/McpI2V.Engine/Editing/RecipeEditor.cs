using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Media.Clips;

namespace McpI2V.Engine.Editing;

/// <summary>
/// Changes recipes: steps are replaced, taken out, moved and added. What is set over the picture where something of its kind is seen at
/// the same time takes its place: drawn over each other, neither could be read.
/// </summary>
public sealed class RecipeEditor(Recipes recipes)
{
    /// <summary>The recipe of a clip after a change.</summary>
    /// <param name="clip">The clip as it is seen now.</param>
    /// <param name="change">What is changed.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="callCancelled">Ends the imports.</param>
    /// <exception cref="I2VException">A step is not there, is not known, or does not fit the clip.</exception>
    public async Task<EditedRecipe> EditAsync(
        Asset clip,
        RecipeChange change,
        Caller caller,
        CancellationToken callCancelled)
    {
        Require(clip, change);
        var added = await recipes.BindAsync(change.Add, "operations", caller, callCancelled);
        if (!change.Rewrites)
        {
            recipes.SourceOf(clip, added);
        }
        HashSet<JsonNode> fresh = new(ReferenceEqualityComparer.Instance);
        List<JsonNode> steps = [.. clip.Recipe.Select(s => s!.DeepClone())];
        var moved = change.Move is { } move ? steps[move.Step - 1] : null;
        if (change.Replace is { } replace)
        {
            var made = await ReplacementAsync(clip, replace.Step, replace.Operation, caller, callCancelled);
            moved = moved == steps[replace.Step - 1] ? made : moved;
            steps[replace.Step - 1] = made;
            fresh.Add(made);
        }
        var removed = change.Remove.Select(n => steps[n - 1]).ToHashSet();
        steps.RemoveAll(removed.Contains);
        if (moved is not null)
        {
            steps.Remove(moved);
            steps.Insert(change.Move!.Value.To - 1, moved);
        }
        List<string> notes = [];
        var isFurther = !change.Rewrites;
        foreach (var step in added.Select(s => s!.DeepClone()))
        {
            fresh.Add(step);
            isFurther &= !Place(clip, steps, step, notes);
        }
        var source = recipes.SourceOfWhole(clip, Whole(steps));
        notes.AddRange(Departures(source, steps, fresh));
        return new EditedRecipe { Steps = Whole(steps), Added = added, Further = isFurther ? added : null, Notes = notes };
    }

    // Adds a step; true if it takes the place of others.
    private bool Place(Asset clip, List<JsonNode> steps, JsonNode step, List<string> notes)
    {
        steps.Add(step);
        var source = recipes.SourceOfWhole(clip, Whole(steps));
        var last = steps.Count - 1;
        var covered = source.CoveredBy(last);
        if (covered.Count == 0)
        {
            return false;
        }
        var others = string.Join(" and ", covered.Select(i => Told(steps[i])));
        notes.Add($"{Told(step)} takes the place of {others}, which stood there at the same " +
            "time. To keep both, give one another position, or start_seconds and end_seconds that don't overlap.");
        // What came after the other, such as a fade, goes on coming after it, if it says the same of the clip there.
        if (source.SeesTheSame(covered[0], last))
        {
            steps.RemoveAt(last);
            steps[covered[0]] = step;
            covered = [.. covered.Skip(1)];
        }
        foreach (var index in covered.Reverse())
        {
            steps.RemoveAt(index);
        }
        return true;
    }

    // Members that the new step does not name stay as they were, unless the two contradict each other.
    private async Task<JsonNode> ReplacementAsync(
        Asset clip,
        int number,
        JsonElement operation,
        Caller caller,
        CancellationToken callCancelled)
    {
        const string Argument = "replace.operation";
        var old = clip.Recipe[number - 1]!.AsObject();
        if (operation.ValueKind != JsonValueKind.Object
            || (operation.TryGetProperty("op", out var op) && op.ToString() != old["op"]!.ToString()))
        {
            return await recipes.BindStepAsync(operation, Argument, caller, callCancelled);
        }
        var written = JsonNode.Parse(operation.GetRawText())!.AsObject();
        written["op"] ??= old["op"]!.DeepClone();
        var merged = old.DeepClone().AsObject();
        foreach (var (name, value) in written)
        {
            if (value is null)
            {
                merged.Remove(name);
            }
            else
            {
                merged[name] = value.DeepClone();
            }
        }
        var bound = await recipes.BindStepAsync(JsonElement.Parse(merged.ToJsonString()), Argument, caller, callCancelled);
        return recipes.CanRead(bound)
            ? bound
            : await recipes.BindStepAsync(JsonElement.Parse(written.ToJsonString()), Argument, caller, callCancelled);
    }

    private static void Require(Asset clip, RecipeChange change)
    {
        if (change.Replace is { } replace)
        {
            RequireStep(clip, replace.Step, "replace.step");
        }
        foreach (var step in change.Remove)
        {
            RequireStep(clip, step, "remove");
        }
        if (change.Move is { } move)
        {
            RequireStep(clip, move.Step, "move.step");
        }
        var twice = change.Remove.FirstOrDefault(n => n == change.Replace?.Step || n == change.Move?.Step);
        if (twice > 0)
        {
            throw I2VException.Invalid("remove", $"remove takes out step {twice}, and the same call replaces or moves it; say one of " +
                "the two. Nothing was rendered and nothing was spent.");
        }
        var left = clip.Recipe.Count - change.Remove.Distinct().Count();
        if (change.Move is { } to && (to.To < 1 || to.To > left))
        {
            throw I2VException.Invalid("move.to", $"move.to is {to.To}; the recipe has then {left} steps, so it may be 1 to {left}. " +
                "Nothing was rendered and nothing was spent.");
        }
    }

    private static void RequireStep(Asset clip, int number, string argument)
    {
        if (number < 1 || number > clip.Recipe.Count)
        {
            var steps = clip.Recipe.Count == 0
                ? $"{clip.Handle} has no steps: it is as it was made or imported"
                : $"{clip.Handle} has {RecipeWords.Of(clip.Recipe, mostCues: 0)}";
            throw I2VException.Invalid(argument,
                $"{argument} is {number}, but {steps}. Nothing was rendered and nothing was spent.");
        }
    }

    private static IEnumerable<string> Departures(ClipSource source, List<JsonNode> steps, HashSet<JsonNode> fresh)
    {
        var shapes = source.Shapes();
        return steps.Index()
            .Where(s => fresh.Contains(s.Item))
            .Select(s => (Step: source.Recipe[s.Index], Words: source.Recipe[s.Index].Departure(shapes[s.Index])))
            .Where(s => s.Words is not null)
            .Select(s => $"{s.Step.Name}: {s.Words}.");
    }

    private static string Told(JsonNode step) => RecipeWords.OfStep(step, mostCues: 0);

    private static JsonArray Whole(IEnumerable<JsonNode> steps) => [.. steps.Select(s => s.DeepClone())];
}
