using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Words;

/// <summary>Says, before a model is paid for a change of a clip, what about it will go wrong. It never blocks.</summary>
public static partial class EditAdvice
{
    private const int MostGenerations = 2;

    /// <summary>Warnings for an instruction.</summary>
    public static IEnumerable<string> For(string instruction, Asset clip, MediaLibrary library)
    {
        if (Changes().Count(instruction) > 1 || Clauses.Asking(instruction).Count > 2)
        {
            yield return "The instruction asks for several changes; one change per turn works better, and can be undone by itself.";
        }
        var (generations, still) = Lineage(clip, library);
        if (generations >= MostGenerations)
        {
            yield return $"{clip.Handle} is {generations} generations away from its still, and each drifts further. " +
                (still is { } locked
                    ? $"Better put the change into the locked still and animate that: generate_still from {locked}, or " +
                        $"animate_image {locked} again."
                    : "Better put the change into a still and animate that.");
        }
    }

    // How often a model has drawn it, and the still from which it was first drawn.
    private static (int Generations, AssetHandle? Still) Lineage(Asset clip, MediaLibrary library)
    {
        var generations = 0;
        HashSet<AssetHandle> seen = [];
        for (var asset = clip; asset is not null && seen.Add(asset.Handle);)
        {
            if (asset.Handle.Kind == MediaKind.Still)
            {
                return (generations, asset.Handle);
            }
            if (ModelEntry.IsGenerative(asset.Model))
            {
                generations++;
            }
            asset = (asset.Master ?? asset.Parent) is { } before ? library.Assets.Find(before) : null;
        }
        return (generations, null);
    }

    [GeneratedRegex(@"\b(make|change|add|remove|replace|swap|turn|give|put|set|let)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Changes();
}
