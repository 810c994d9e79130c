using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Media.Clips;
using McpI2V.Media.Sound.Beats;

namespace McpI2V.Engine.Sound;

/// <summary>
/// Works out what steps say of beats: what is to come on one (<c>on_beats</c>) gets a beat's time, and music that is to end with a bar
/// (<c>ends_on_bar</c>) begins where it does. The recipe then holds plain times.
/// </summary>
public sealed class BeatSteps(Recipes recipes, MediaLibrary library, BeatGrids grids)
{
    private const string Begins = "on_beats";
    private const string Ends = "ends_on_bar";
    private const double FadeSeconds = 0.25;
    private const double SoftStartSeconds = 0.04;
    private const double NearEnough = 0.006;

    /// <summary>Refuses both where there is no music yet whose beats could be heard.</summary>
    /// <exception cref="I2VException">A step says one of them.</exception>
    public static void Refuse(JsonArray steps, string argument)
    {
        foreach (var (index, step) in steps.Index())
        {
            if (new[] { Begins, Ends }.FirstOrDefault(f => Says(step!, f)) is { } flag)
            {
                throw I2VException.Invalid($"{argument}[{index}]", $"{argument}[{index}]: {flag} is worked out on a clip that is there: " +
                    "call edit_clip or assemble_clips with it. Nothing was spent.");
            }
        }
    }

    /// <summary>The recipe with times in place of what it says of beats, and what became of that in its notes.</summary>
    /// <param name="clip">The clip that it begins from.</param>
    /// <param name="recipe">The recipe after a change.</param>
    /// <param name="callCancelled">Ends the listening.</param>
    /// <exception cref="I2VException">There is no music under the clip whose beats could be meant.</exception>
    public async Task<EditedRecipe> SettleAsync(Asset clip, EditedRecipe recipe, CancellationToken callCancelled)
    {
        if (!recipe.Steps.Any(s => Says(s!, Begins) || Says(s!, Ends)))
        {
            return recipe;
        }
        var steps = recipe.Steps.DeepClone().AsArray();
        var told = await SettleAsync(clip, steps, callCancelled);
        var further = recipe.Further is null ? null : Part(steps, steps.Count - recipe.Further.Count, steps.Count);
        return recipe with
        {
            Steps = steps,
            Further = further,
            Added = further?.DeepClone().AsArray() ?? recipe.Added,
            Notes = [.. recipe.Notes, .. told],
        };
    }

    /// <summary>The same of a whole recipe, in place.</summary>
    /// <exception cref="I2VException">There is no music under the clip whose beats could be meant.</exception>
    public async Task<IReadOnlyList<string>> SettleAsync(Asset clip, JsonArray steps, CancellationToken callCancelled)
    {
        List<string> told = [];
        for (var i = 0; i < steps.Count; i++)
        {
            var step = steps[i]!.AsObject();
            var (begins, ends) = (Says(step, Begins), Says(step, Ends));
            step.Remove(Begins);
            step.Remove(Ends);
            if (begins)
            {
                told.Add(await BeginAsync(clip, steps, i, callCancelled));
            }
            if (ends)
            {
                told.Add(await EndAsync(clip, steps, i, callCancelled));
            }
        }
        return told;
    }

    private async Task<string> BeginAsync(Asset clip, JsonArray steps, int index, CancellationToken callCancelled)
    {
        var step = steps[index]!.AsObject();
        var name = step["op"]!.ToString();
        var laid = Enumerable.Range(0, index).LastOrDefault(i => steps[i]!["op"]?.ToString() == "audio", -1);
        if (laid < 0)
        {
            throw I2VException.Invalid("operations", $"{name}: on_beats needs music under the clip: lay it with the operation audio " +
                "before. Nothing was rendered and nothing was spent.");
        }
        var source = recipes.SourceOfWhole(clip, Part(steps, 0, index));
        if (!source.SeesTheSame(laid + 1, index))
        {
            throw I2VException.Invalid("operations", $"{name}: the clip was cut or reframed after its music was laid, so that its beats " +
                "fall elsewhere: move the step audio behind that (edit_clip with move). Nothing was rendered and nothing was spent.");
        }
        var (music, heard) = HeardAt(steps[laid]!.AsObject(), source.Shapes()[laid]);
        if (await grids.OfAsync(music, callCancelled) is not { } grid)
        {
            return $"{NoBeat(music)} {name} stays where it is.";
        }
        var duration = source.Result().Duration.TotalSeconds;
        var beats = heard.OnClip(grid.Beats, duration).Where(b => b < duration - 0.1).ToList();
        if (beats.Count == 0)
        {
            return $"No beat of {music.Handle} falls into the clip; {name} stays where it is.";
        }
        var asked = Moment(step, "start_seconds", duration) ?? 0;
        var start = beats.MinBy(b => Math.Abs(b - asked));
        step["start_seconds"] = Math.Round(start, 3);
        if (Moment(step, "end_seconds", duration) is { } end && end < duration - 0.05)
        {
            var later = beats.Where(b => b > start + 0.1).ToList();
            step["end_seconds"] = Math.Round(later.Count > 0 ? later.MinBy(b => Math.Abs(b - end)) : duration, 3);
        }
        return string.Create(CultureInfo.InvariantCulture, $"{name} comes at {start:0.##} s, on a beat of {music.Handle} " +
            $"({grid.Bpm:0.#} bpm).");
    }

    private async Task<string> EndAsync(Asset clip, JsonArray steps, int index, CancellationToken callCancelled)
    {
        var step = steps[index]!.AsObject();
        var before = recipes.SourceOfWhole(clip, Part(steps, 0, index)).Result();
        var (music, heard) = HeardAt(step, before);
        step["fade_seconds"] ??= FadeSeconds;
        if (await grids.OfAsync(music, callCancelled) is not { } grid)
        {
            return $"{NoBeat(music)} It fades out at the clip's end.";
        }
        var end = before.Duration.TotalSeconds;
        if (!heard.Loops && heard.From + end - heard.Start > heard.Seconds)
        {
            return $"{music.Handle} ends before the clip does; loop true goes on with it, or give a longer one.";
        }
        var bar = 60 / grid.Bpm * BeatGrid.BeatsToABar;
        var from = Enumerable.Range(0, (int)(bar / 0.005) + 1)
            .Select(i => heard.From + (i * 0.005))
            .Where(f => heard.Loops || f + end - heard.Start <= heard.Seconds + 0.02)
            .Select(f => (From: f, Off: Off(grid, (heard with { From = f }).PlaceAt(end), bar)))
            .OrderBy(f => f.Off > NearEnough ? f.Off : 0)
            .ThenBy(f => f.From)
            .Select(f => ((double From, double Off)?)f)
            .FirstOrDefault();
        if (from is not { } found || found.Off > 2 * NearEnough)
        {
            return $"{music.Handle} is too short to end with a bar where the clip does; it fades out there.";
        }
        step["from_seconds"] = Math.Round(found.From, 3);
        if (found.From > 0)
        {
            step["fade_in_seconds"] ??= SoftStartSeconds;
        }
        return string.Create(CultureInfo.InvariantCulture, $"{music.Handle} ({grid.Bpm:0.#} bpm) begins {found.From:0.##} s into it, ") +
            "so that a bar ends where the clip does.";
    }

    // Bars go on past the last beat that was heard.
    private static double Off(BeatGrid grid, double place, double bar)
    {
        var nearest = grid.Bars.MinBy(b => Math.Abs(b - place));
        var off = Math.Abs(place - nearest);
        return place > grid.Bars[^1] ? Math.Min(off, Math.Abs(place - grid.Bars[^1] - bar)) : off;
    }

    private (Asset Music, HeardMusic Heard) HeardAt(JsonObject step, ClipShape before)
    {
        var music = library.Find(step["audio"]!.ToString());
        return (music, new HeardMusic(
            Moment(step, "start_seconds", before.Duration.TotalSeconds) ?? 0,
            step["from_seconds"]?.GetValue<double>() ?? 0,
            music.Duration.TotalSeconds,
            Says(step, "loop")));
    }

    private static string NoBeat(Asset music) =>
        $"No beat can be heard in {music.Handle}: it is silent, shapeless or shorter than 3 s.";

    private static double? Moment(JsonObject step, string name, double duration) =>
        step[name] is JsonValue value && value.TryGetValue<double>(out var at) ? at < 0 ? duration + at : at : null;

    private static bool Says(JsonNode step, string flag) => step[flag]?.GetValueKind() == JsonValueKind.True;

    private static JsonArray Part(JsonArray steps, int from, int to) => [.. steps.Take(to).Skip(from).Select(s => s!.DeepClone())];
}
