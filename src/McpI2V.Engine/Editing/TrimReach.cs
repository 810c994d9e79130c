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
        foreach (var (index, step) in steps.Index().Where(s => EndOf(s.Item) is not null))
        {
            JsonArray before = [.. steps.Take(index).Select(s => s!.DeepClone())];
            Require(step, index, recipes.SourceOf(clip, before, argument).Result().Duration, clip.Handle.ToString(), argument);
        }
    }

    /// <summary>Judges one new step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="index">Its place among the new ones.</param>
    /// <param name="lasts">How long the clip is there.</param>
    /// <param name="what">What the clip is called.</param>
    /// <param name="argument">Which argument holds the step.</param>
    /// <exception cref="I2VException">It ends too late.</exception>
    internal static void Require(JsonNode? step, int index, TimeSpan lasts, string what, string argument)
    {
        if (EndOf(step) is { } end && end > lasts.TotalSeconds + Rounding)
        {
            throw I2VException.Invalid(
                $"{argument}[{index}].end_seconds",
                FormattableString.Invariant($"{argument}[{index}]: trim: end_seconds is {end:0.###}, but {what} lasts ") +
                    FormattableString.Invariant($"{lasts.TotalSeconds:0.###} s there. Give at most that, or leave end_seconds out to ") +
                    "keep what follows start_seconds. Nothing was rendered and nothing was spent.");
        }
    }

    private static double? EndOf(JsonNode? step) =>
        step?["op"]?.ToString() == "trim" && step["end_seconds"] is JsonValue value && value.TryGetValue<double>(out var end) ? end : null;
}
