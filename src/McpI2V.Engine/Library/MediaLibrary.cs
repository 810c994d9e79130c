using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media.Clips;
using McpI2V.Media;

namespace McpI2V.Engine.Library;

/// <summary>The library as the other rooms see it: rows and files of assets, always together.</summary>
public sealed class MediaLibrary(
    LibraryOptions options,
    LibraryDatabase database,
    AssetStore assets,
    MediaStores stores,
    WorkFolders work) : IAssetPaths
{
    /// <summary>Where it lies.</summary>
    public LibraryOptions Options => options;

    /// <summary>The assets' rows.</summary>
    public AssetStore Assets => assets;

    /// <summary>Temporary folders.</summary>
    public WorkFolders Work => work;

    /// <summary>Where a person finds an asset's file, as answers say it. What reads it opens it.</summary>
    public string PathOf(Asset asset) => stores.Assets.AddressOf(asset.File);

    /// <summary>The asset with a handle that a request holds.</summary>
    /// <exception cref="I2VException">It is no handle, or there is no such asset.</exception>
    public Asset Find(string handle) => AssetHandle.TryParse(handle, out var parsed)
        ? assets.Find(parsed) ?? throw new I2VException(ErrorCode.NotFound, $"{handle} is not in this library. find_assets lists " +
            "what there is.")
        : throw I2VException.Invalid("image", $"{ForeignText.Quote(handle, 60)} is no handle such as still-7; find_assets lists them.");

    /// <summary>The asset whose file lies there; null for any other file.</summary>
    public Asset? FindByPath(string path) => stores.Assets.NameAt(path) is { } name ? assets.FindByFile(name) : null;

    /// <summary>True if the asset's file is still there.</summary>
    public Task<bool> HasFileAsync(Asset asset, CancellationToken cancellationToken) =>
        stores.Assets.ExistsAsync(asset.File, cancellationToken);

    /// <summary>The asset, if its file is still there.</summary>
    /// <exception cref="I2VException">Somebody deleted the file.</exception>
    public async Task<Asset> RequireFileAsync(Asset asset, string argument, CancellationToken cancellationToken) =>
        await HasFileAsync(asset, cancellationToken) ? asset : throw Gone(asset, argument);

    /// <summary>An asset's file as a local one, until the lease is given back.</summary>
    /// <exception cref="I2VException">Somebody deleted the file.</exception>
    public async Task<MediaLease> OpenAsync(Asset asset, CancellationToken cancellationToken) =>
        await stores.Assets.OpenAsync(asset.File, cancellationToken) ?? throw Gone(asset, argument: null);

    /// <summary>What is spoken in an asset, as the subtitles beside it; null if there are none.</summary>
    public async Task<string?> SubtitlesOfAsync(Asset asset, CancellationToken cancellationToken)
    {
        await using var lease = await stores.Assets.OpenAsync(MediaNames.SubtitlesOf(asset.File), cancellationToken);
        return lease is null ? null : await File.ReadAllTextAsync(lease.Path, cancellationToken);
    }

    /// <summary>Where a browser fetches an asset's file from its store; null: nowhere.</summary>
    public Uri? LinkTo(Asset asset, DateTimeOffset until) =>
        stores.Assets.LinkTo(asset.File, Path.GetFileName(asset.File), asset.Format.MimeType, until);

    /// <summary>Holds the files that a piece of work asks for, until it is over.</summary>
    public HeldMedia Hold() => new(this);

    /// <summary>Makes a plan and looks that the files it asks for are there; none is opened.</summary>
    /// <exception cref="I2VException">A file was deleted, or the plan is refused.</exception>
    public async Task<T> CheckAsync<T>(Func<IAssetPaths, T> plan, CancellationToken cancellationToken)
    {
        var paths = new AskedPaths(this, new Dictionary<AssetHandle, MediaLease>());
        var made = plan(paths);
        foreach (var asset in paths.Lacking)
        {
            await RequireFileAsync(asset, asset.Handle.ToString(), cancellationToken);
        }
        return made;
    }

    /// <summary>Gives an examined import its handle and its place. If the same bytes came in meanwhile, that asset is returned.</summary>
    internal async Task<Asset> PublishAsync(Asset asset, string temporary, CancellationToken callCancelled)
    {
        // The number is taken for good before the file has it in its name, and no write waits for a file to be moved.
        var (placed, isKnown) = database.Write(session => Known(session, asset) is { } known
            ? (known, true)
            : (Numbered(session, asset), false));
        if (isKnown && await HasFileAsync(placed, callCancelled))
        {
            return placed;
        }
        try
        {
            await stores.Assets.PublishAsync(temporary, placed.File, callCancelled);
        }
        catch (Exception e) when (I2VException.FromDisk(e) is { } told)
        {
            throw told;
        }
        if (isKnown)
        {
            return placed;
        }
        var first = database.Write(session =>
        {
            if (Known(session, asset) is { } other)
            {
                return other;
            }
            AssetStore.Insert(session, placed);
            return placed;
        });
        if (first.Handle != placed.Handle)
        {
            await stores.Assets.DeleteAsync(placed.File, CancellationToken.None);
        }
        return first;
    }

    /// <summary>A clip's own picture, before any recipe.</summary>
    public static ClipShape ShapeOf(Asset clip)
    {
        var rate = clip.FramesPerSecond is >= 1 and <= 120 ? clip.FramesPerSecond : 30;
        var frames = Math.Max(1, Math.Round(clip.Duration.TotalSeconds * rate));
        return new ClipShape(clip.Size.Even(), TimeSpan.FromSeconds(frames / rate), rate, clip.HasAudio);
    }

    private static Asset? Known(SqlSession session, Asset asset)
    {
        session.LockForWrite(WriteLock.Content(asset.Sha256));
        return AssetStore.FindBySha(session, asset.Sha256);
    }

    private static Asset Numbered(SqlSession session, Asset asset)
    {
        var handle = AssetStore.NextHandle(session, asset.Handle.Kind);
        return asset with
        {
            Handle = handle,
            File = MediaNames.NameFor(handle, asset.Title, asset.Format.Extension, asset.CreatedAt),
        };
    }

    private I2VException Gone(Asset asset, string? argument) => new(
        ErrorCode.NotFound,
        $"{(argument is null ? "" : argument + ": ")}the file of {asset.Handle} was deleted or moved ({PathOf(asset)}). Put it back, " +
            "or import or make it again.",
        argument);
}
