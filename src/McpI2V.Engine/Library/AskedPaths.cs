using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Library;

/// <summary>Remembers which files a plan asks for that nobody holds.</summary>
internal sealed class AskedPaths(MediaLibrary library, IReadOnlyDictionary<AssetHandle, MediaLease> held) : IAssetPaths
{
    private readonly Dictionary<AssetHandle, Asset> lacking = [];

    /// <summary>The assets whose files are not held.</summary>
    public IReadOnlyCollection<Asset> Lacking => lacking.Values;

    public string PathOf(Asset asset)
    {
        if (held.TryGetValue(asset.Handle, out var lease))
        {
            return lease.Path;
        }
        lacking[asset.Handle] = asset;
        return library.PathOf(asset);
    }
}
