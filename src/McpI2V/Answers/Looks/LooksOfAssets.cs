using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;

namespace McpI2V.Answers.Looks;

/// <summary>Looks at assets and says what they show.</summary>
internal sealed class LooksOfAssets(MediaLibrary library, Previews previews)
{
    /// <summary>What each shows, and where one left the still it was made from; nothing of what can't be looked at.</summary>
    public async Task<(IReadOnlyList<string> Shows, IReadOnlyList<string> Drifted)> OfAsync(
        IReadOnlyList<Asset> assets,
        CancellationToken callCancelled)
    {
        List<(AssetHandle Of, string Line)> shows = [];
        List<string> drifted = [];
        foreach (var asset in assets.Where(a => a.Handle.Kind != MediaKind.Audio))
        {
            try
            {
                await LookAsync(asset, shows, drifted, callCancelled);
            }
            catch (I2VException)
            {
                // As for its picture: the asset is there, and the answer must not fail with it.
            }
        }
        return ([.. shows.Select(s => assets.Count == 1 ? s.Line : $"{s.Of}: {s.Line}")], drifted);
    }

    private async Task LookAsync(
        Asset asset,
        List<(AssetHandle Of, string Line)> shows,
        List<string> drifted,
        CancellationToken callCancelled)
    {
        var look = await previews.LookOfAsync(asset, callCancelled);
        if ((asset.Before ?? asset.Parent) is not { } parent
            || library.Assets.Find(parent) is not { } before
            || before.Handle.Kind == MediaKind.Audio
            || !await library.HasFileAsync(before, callCancelled))
        {
            shows.Add((asset.Handle, PictureWords.Of(asset, look, before: null)));
            return;
        }
        var seen = (before, await previews.LookOfAsync(before, callCancelled));
        shows.Add((asset.Handle, PictureWords.Of(asset, look, seen)));
        if (asset.Operation == "animate"
            && ModelEntry.IsGenerative(asset.Model)
            && before.Handle.Kind == MediaKind.Still
            && PictureWords.Drifted(asset, look, seen) is { } line)
        {
            drifted.Add(line);
        }
    }
}
