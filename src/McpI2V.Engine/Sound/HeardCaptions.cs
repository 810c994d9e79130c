using System.Text.Json.Nodes;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;

namespace McpI2V.Engine.Sound;

/// <summary>Captions whose words the clip itself speaks.</summary>
/// <param name="Change">The change with cues: those that are known, or one that stands for them.</param>
/// <param name="Transcript">The job that hears the words first; null: they are known.</param>
/// <param name="Note">What the user is told of it; null: nothing.</param>
public sealed record HeardCaptions(RecipeChange Change, NewJob? Transcript, string? Note)
{
    /// <summary>The steps of the recipe with what is heard in place of the cue that stood for it.</summary>
    public static JsonArray WithHeard(JsonArray steps)
    {
        var all = steps.DeepClone().AsArray();
        foreach (var step in all.Where(s => Stands(s!["cues"] as JsonArray)))
        {
            step!["cues"] = RecipeRequest.MadeBefore;
        }
        return all;
    }

    private static bool Stands(JsonArray? cues) => cues?.Count == 1 && cues[0]?["text"]?.ToString() == RecipeRequest.MadeBefore;
}
