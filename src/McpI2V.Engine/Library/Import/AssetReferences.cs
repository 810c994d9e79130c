using McpI2V.Engine.Library.Finding;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;

namespace McpI2V.Engine.Library.Import;

/// <summary>
/// Turns whatever an argument says of an asset into the asset: what an importer reads, and what people say, down to a moment of a clip.
/// </summary>
public sealed class AssetReferences(
    MediaLibrary library,
    AssetImporter importer,
    SpokenReferences spoken,
    FrameRenderer frames)
{
    /// <summary>The asset that is meant, imported if it is not in the library yet.</summary>
    /// <param name="reference">Handle, path, https URL, data URI, or words.</param>
    /// <param name="kind">What it must be; null: anything.</param>
    /// <param name="argument">The argument's name, for errors.</param>
    /// <param name="caller">Who asks; they are told how words were understood.</param>
    /// <param name="callCancelled">Ends the import; nothing stays behind.</param>
    /// <exception cref="I2VException">It can't be found, is not certain, may not be read, or is not what is needed.</exception>
    public async Task<Asset> ResolveAsync(
        string reference,
        MediaKind? kind,
        string argument,
        Caller caller,
        CancellationToken callCancelled)
    {
        var said = reference.Trim();
        if (said.Length == 0 || !SpokenReferences.IsWords(said) || importer.IsFile(said, caller))
        {
            var given = await importer.ResolveAsync(said, kind, argument, caller, callCancelled);
            if (given.Tags.IsHdr && said != given.Handle.ToString())
            {
                caller.Tell($"Note: {argument}: {given.Handle} is HDR ({given.Tags.Name}). What is made of it is SDR, as feeds show it: " +
                    "as bright, its highlights rolled off.");
            }
            return given;
        }
        var meaning = await spoken.FindAsync(said, kind, argument, importer.FoldersOf(caller), callCancelled);
        var asset = meaning.AtSeconds is { } at
            ? await FrameAsync(meaning.Asset, at, argument, caller, callCancelled)
            : await importer.ResolveAsync(meaning.Asset.Handle.ToString(), kind, argument, caller, callCancelled);
        if (meaning.IsTold)
        {
            caller.Tell($"Note: {argument}: {ForeignText.Quote(said, 80)} is {AssetFinder.Named(asset)}.");
        }
        return asset;
    }

    private async Task<Asset> FrameAsync(Asset clip, double at, string argument, Caller caller, CancellationToken callCancelled)
    {
        var present = importer.RequirePresent(clip, argument);
        var rate = present.FramesPerSecond > 0 ? present.FramesPerSecond : 30;
        // The last frame begins a frame before the end; a half more keeps clear of rounding.
        var last = Math.Max(0, present.Duration.TotalSeconds - (1.5 / rate));
        using var folder = library.Work.Create();
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => files.PreviewOf(present), callCancelled);
        var path = Path.Combine(folder.Path, "frame.png");
        try
        {
            await frames.PngAsync(source, TimeSpan.FromSeconds(Math.Min(at, last)), path, folder.Work(), callCancelled);
        }
        catch (MediaException e)
        {
            throw I2VException.AboutInput(e, argument, argument);
        }
        var when = double.IsInfinity(at) ? "last frame" : FormattableString.Invariant($"at {at:0.##} s");
        return await importer.TakeInMadeAsync(
            folder,
            path,
            still => still with
            {
                Title = $"{present.Title} {when}",
                Parent = present.Handle,
                Inputs = [present.Handle.ToString()],
                Operation = "frame",
                Prompt = present.Prompt,
                Owner = caller.Owner,
            },
            argument,
            callCancelled);
    }
}
