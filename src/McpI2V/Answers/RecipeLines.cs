using System.Text;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Library;
using McpI2V.Media;

namespace McpI2V.Answers;

/// <summary>What a clip came from, in words: its recipe, numbered as it is changed, and what was seen before it.</summary>
internal static class RecipeLines
{
    private const int TurnsTold = 3;

    /// <summary>The lines of a clip, each with a line break before it; none for what has no past.</summary>
    /// <param name="asset">The clip.</param>
    /// <param name="assets">Where what was before it is looked up.</param>
    /// <param name="inFull">True to tell every cue of captions, and what it was made from.</param>
    public static string Of(Asset asset, AssetStore assets, bool inFull)
    {
        var text = new StringBuilder();
        var before = asset.Before is { } handle ? assets.Find(handle) : null;
        if (asset.Recipe.Count > 0)
        {
            var carried = before is not null && MasterOf(before) != MasterOf(asset) && before.Recipe.Count > 0
                ? $", carried over from {before.Handle}"
                : "";
            text.Append("\nrecipe").Append(carried).Append(": ")
                .Append(RecipeWords.Of(asset.Recipe, inFull ? int.MaxValue : RecipeWords.FewCues));
        }
        if (inFull && asset.Parent is { } parent && parent != asset.Before)
        {
            text.Append("\nmade from ").Append(parent).Append(Means(asset));
        }
        var next = before;
        for (var turn = 0; turn < TurnsTold && next is not null; turn++)
        {
            text.Append(turn == 0 ? "\nbefore: " : ", before that ").Append(Told(next));
            next = next.Before is { } earlier ? assets.Find(earlier) : null;
        }
        return text.ToString();
    }

    // What to say to have the same made of another picture.
    private static string Means(Asset asset) => asset.Model is not { } model
        ? ""
        : asset.Prompt is { Length: > 0 } prompt
        ? $" by {model}: {ForeignText.Quote(prompt, 200)}"
        : $" by {model}";

    // What it was is told by its recipe, for titles of one clip's versions resemble each other.
    private static string Told(Asset clip) => clip.Recipe.Count > 0
        ? $"{clip.Handle} ({RecipeWords.Of(clip.Recipe, mostCues: 0)})"
        : $"{clip.Handle} ({ForeignText.Quote(clip.Title, 80)} as it was {(clip.Operation == "import" ? "imported" : "made")})";

    private static Engine.AssetHandle MasterOf(Asset clip) => clip.Master ?? clip.Handle;
}
