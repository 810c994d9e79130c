using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library.Finding;

/// <summary>
/// Which assets show a colour. Stills are measured when they come in; clips, and what is older, when somebody first asks for a colour.
/// </summary>
public sealed class ColourIndex(MediaLibrary library, LibraryDatabase database, ColourProbe probe)
{
    // A clip takes a tenth of a second, so nobody waits longer than some seconds.
    private const int MostMeasuredAtOnce = 60;

    /// <summary>Those of the assets that show a colour, in their order, and how many are still to be measured.</summary>
    public async Task<(IReadOnlyList<Asset> Showing, int Unmeasured)> FilterAsync(
        IReadOnlyList<Asset> assets,
        Func<IReadOnlyList<ColourShare>, bool> shows,
        CancellationToken callCancelled)
    {
        var seen = assets.Where(a => a.Handle.Kind != MediaKind.Audio).ToList();
        var lacking = seen.Where(a => a.Colours is null).ToList();
        Dictionary<AssetHandle, IReadOnlyList<ColourShare>> measured = [];
        foreach (var asset in lacking.Take(MostMeasuredAtOnce))
        {
            measured[asset.Handle] = await MeasureAsync(asset, callCancelled);
        }
        return (
            [.. seen.Where(a => shows(a.Colours ?? measured.GetValueOrDefault(a.Handle) ?? []))],
            Math.Max(0, lacking.Count - MostMeasuredAtOnce));
    }

    private async Task<IReadOnlyList<ColourShare>> MeasureAsync(Asset asset, CancellationToken callCancelled)
    {
        try
        {
            using var folder = library.Work.Create();
            await using var held = library.Hold();
            var source = await held.PlanAsync(files => files.PreviewOf(asset), callCancelled);
            var colours = await probe.OfAsync(source, folder.Work(), callCancelled);
            database.Write(s => s.Execute(
                "UPDATE assets SET colours = @colours WHERE handle = @handle",
                ("@colours", ColourShare.Write(colours)),
                ("@handle", asset.Handle.ToString())));
            return colours;
        }
        catch (Exception e) when (e is MediaException or I2VException)
        {
            // Its file is gone or can't be shown: it has no colour that anybody sees.
            return [];
        }
    }
}
