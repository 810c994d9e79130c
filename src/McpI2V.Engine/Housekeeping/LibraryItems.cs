using System.Globalization;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Engine.Motion;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Housekeeping;

/// <summary>Finds what is to be put in order: by handle, batch, name of an element or preset, or in words.</summary>
public sealed class LibraryItems(
    LibraryDatabase database,
    AssetStore assets,
    BatchStore batches,
    PresetCatalogue presets,
    SpokenReferences spoken)
{
    private const string Argument = "items";
    private const string ElementPrefix = "element:";
    private const string PresetPrefix = "preset:";

    /// <summary>The item that is named.</summary>
    /// <exception cref="I2VException">There is none, or two have the name.</exception>
    public async Task<LibraryItem> FindAsync(string said, Caller caller, CancellationToken callCancelled)
    {
        if (AssetHandle.TryParse(said, out var handle))
        {
            return Of(assets.Get(handle, Argument));
        }
        if (Batch.TryParse(said, out var batch))
        {
            return new LibraryItem(ItemKind.Batch, batches.Get(batch, Argument).Id.ToString(CultureInfo.InvariantCulture), OwnerOf(batch));
        }
        var isElement = said.StartsWith(ElementPrefix, StringComparison.OrdinalIgnoreCase);
        var isPreset = said.StartsWith(PresetPrefix, StringComparison.OrdinalIgnoreCase);
        var name = isElement ? said[ElementPrefix.Length..] : isPreset ? said[PresetPrefix.Length..] : said;
        var element = isPreset ? null : Named("SELECT name, owner FROM elements", ItemKind.Element, n => IsSame(n, name.Trim()));
        var preset = isElement ? null : Named("SELECT name, owner FROM presets", ItemKind.Preset, n => n == PresetStore.NameOf(name));
        if (element is not null && preset is not null)
        {
            throw I2VException.Invalid(Argument,
                $"{Argument}: {ForeignText.Quote(name, 60)} is an element and a preset; say element:{name} or preset:{name}. " +
                    "Nothing was changed.");
        }
        if (element is null && preset is null && !isElement && presets.Find(name) is { } fixedOne)
        {
            throw I2VException.Invalid(Argument, $"{Argument}: the preset {fixedOne.Name} is the program's own or stands in " +
                "presets.json, which is the user's to edit. Nothing was changed.");
        }
        return element ?? preset ?? await InWordsAsync(said, caller, callCancelled);
    }

    /// <summary>The assets that an item stands for: itself, or what a batch has made.</summary>
    public IReadOnlyList<LibraryItem> AssetsOf(LibraryItem item, bool withHidden)
    {
        if (item.Kind == ItemKind.Asset)
        {
            return [item];
        }
        return item.Kind != ItemKind.Batch ? [] : database.Read(s => s.Query(
            "SELECT handle, owner FROM assets WHERE job IN (SELECT id FROM jobs WHERE batch = @batch) AND purged_at IS NULL" +
                (withHidden ? "" : " AND deleted_at IS NULL") + " ORDER BY number",
            r => new LibraryItem(ItemKind.Asset, r.Text("handle"), r.Text("owner")),
            ("@batch", long.Parse(item.Id, CultureInfo.InvariantCulture))));
    }

    private async Task<LibraryItem> InWordsAsync(string said, Caller caller, CancellationToken callCancelled)
    {
        if (!SpokenReferences.IsWords(said))
        {
            throw I2VException.Invalid(Argument, $"{Argument} has {ForeignText.Quote(said, 60)}; handles, batches, and names of elements " +
                "and presets are put in order (find_assets lists them). Nothing was changed.");
        }
        var meaning = await spoken.FindAsync(said, kind: null, Argument, [], callCancelled);
        caller.Tell($"{Argument}: {ForeignText.Quote(said, 80)} is {AssetFinder.Named(meaning.Asset)}.");
        return Of(meaning.Asset);
    }

    private LibraryItem? Named(string sql, ItemKind kind, Func<string, bool> isMeant) => database
        .Read(s => s.Query(sql, r => new LibraryItem(kind, r.Text("name"), r.Text("owner"))))
        .FirstOrDefault(i => isMeant(i.Id));

    private string OwnerOf(long batch) => database
        .Read(s => s.Query("SELECT owner FROM jobs WHERE batch = @batch ORDER BY id LIMIT 1", r => r.Text("owner"), ("@batch", batch)))
        .FirstOrDefault() ?? Owner.OfThisMachine;

    private static LibraryItem Of(Asset asset) => new(ItemKind.Asset, asset.Handle.ToString(), asset.Owner);

    private static bool IsSame(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}
