using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Planning.Mending;

/// <summary>
/// What of a still's options the free composer does: colour and type are laid over what a generative model has made, so that they never
/// decide who makes it. Composing given pictures on a backdrop is another thing than generating: its options name the composer.
/// </summary>
public sealed class StillFinish(ModelRouter router, MediaLibrary library)
{
    private const string Composer = "local-still";

    private static readonly string[] Finishing =
    [
        "look", "exposure", "contrast", "highlights", "shadows", "saturation", "vibrance", "temperature", "tint", "grain", "vignette",
        "lut", "lut_strength", "text", "text_position", "text_style",
    ];

    private static readonly string[] Composing =
        ["fit", "zoom", "focus_x", "focus_y", "backdrop", "cutout", "cutout_height", "cutout_x", "cutout_y", "shadow", "reflection"];

    /// <summary>The model that options name by being the composer's own; null: they name none.</summary>
    public static string? ModelOf(JsonObject options) => options.Any(o => Composing.Contains(o.Key)) ? Composer : null;

    /// <summary>Parts the options of a generated still: the model's, and those that are done to what it makes.</summary>
    /// <param name="model">The model as it was named; null: auto.</param>
    /// <param name="request">The still as it was asked for.</param>
    /// <returns>The request without them, and what is done after it; null: nothing, or one model does all of it.</returns>
    /// <exception cref="I2VException">There is no such model.</exception>
    public (StillRequest Request, StillRequest? After) Part(string? model, StillRequest request)
    {
        var after = request.Options.Where(o => Finishing.Contains(o.Key)).ToList();
        if (after.Count == 0 || router.Candidates(model, request.Need(library)).Any(m => m.IsEmbedded || TakesAll(m, after)))
        {
            return (request, null);
        }
        if (request.Count > 1)
        {
            throw I2VException.Invalid(
                "count",
                $"count is {request.Count}, and options.{after[0].Key} is laid over one generated still at a time. " +
                    "Say count 1, or leave the option out and finish the one you keep with model local-still. Nothing was spent.");
        }
        var finish = request with
        {
            Prompt = "",
            From = [],
            IsOfBefore = true,
            Options = Copy(after),
        };
        return (request with { Options = Copy(request.Options.Where(o => !Finishing.Contains(o.Key))) }, finish);
    }

    /// <summary>The job that finishes what another makes.</summary>
    public NewJob JobOf(StillRequest finish, string title)
    {
        var job = NewJob.For("generate_still", title, finish, router.Choose(Composer, finish.Need(library)));
        var options = string.Join(", ", finish.Options.Select(o => $"options.{o.Key}"));
        return job with { Warnings = [$"{options}: laid over the generated still, for nothing; the still without stays in the library."] };
    }

    private static bool TakesAll(ModelEntry model, IEnumerable<KeyValuePair<string, JsonNode?>> options) =>
        model.Options is { } own && options.All(o => own.Contains(o.Key));

    private static JsonObject Copy(IEnumerable<KeyValuePair<string, JsonNode?>> options) =>
        [.. options.Select(o => KeyValuePair.Create(o.Key, o.Value?.DeepClone()))];
}
