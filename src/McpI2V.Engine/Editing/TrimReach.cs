using System.Text.Json.Nodes;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Editing;

/// <summary>
/// Refuses a trim that ends after the clip does: it would change nothing, and its caller is wrong about the clip. Only new steps are
/// judged: a recipe that is carried over to a shorter master goes on.
/// </summary>
public sealed class TrimReach(Recipes recipes)
{
    // A length that was read off an answer is rounded.
    private const double Rounding = 0.1;

    /// <summary>Judges new steps on a clip.</summary>
    /// <exception cref="I2VException">One ends too late.</exception>
    public void Require(Asset clip, JsonArray steps, string argument = "operations")
    {
        foreach (var (index, step) in steps.Index())
        {
            if (step?["op"]?.ToString() != "trim" || step["end_seconds"] is not JsonValue value || !value.TryGetValue<double>(out var end))
            {
                continue;
            }
            JsonArray before = [.. steps.Take(index).Select(s => s!.DeepClone())];
            var seconds = recipes.SourceOf(clip, before, argument).Result().Duration.TotalSeconds;
            if (end > seconds + Rounding)
            {
                throw I2VException.Invalid(
                    $"{argument}[{index}].end_seconds",
                    FormattableString.Invariant($"{argument}[{index}]: trim: end_seconds is {end:0.###}, but {clip.Handle} lasts ") +
                        FormattableString.Invariant($"{seconds:0.###} s there. Give at most that, or leave end_seconds away to keep ") +
                        "what follows start_seconds. Nothing was rendered and nothing was spent.");
            }
        }
    }
}
