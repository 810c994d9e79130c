using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media.Clips;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;

namespace McpI2V.Engine.Library;

/// <summary>The library as the other rooms see it: rows and files of assets, always together.</summary>
public sealed class MediaLibrary(LibraryOptions options, LibraryDatabase database, AssetStore assets, MediaFolder media, WorkFolders work)
{
    /// <summary>Where it lies.</summary>
    public LibraryOptions Options => options;

    /// <summary>The assets' rows.</summary>
    public AssetStore Assets => assets;

    /// <summary>Temporary folders.</summary>
    public WorkFolders Work => work;

    /// <summary>Where an asset's file lies.</summary>
    public string PathOf(Asset asset) => media.PathOf(asset.File);

    /// <summary>The asset with a handle that a request holds.</summary>
    /// <exception cref="I2VException">It is no handle, or there is no such asset.</exception>
    public Asset Find(string handle) => AssetHandle.TryParse(handle, out var parsed)
        ? assets.Get(parsed, handle)
        : throw I2VException.Invalid("image", $"\"{handle}\" is no handle.");

    /// <summary>The asset whose file lies there; null for any other file.</summary>
    public Asset? FindByPath(string path) => assets.FindByFile(Path.GetRelativePath(options.Media, path).Replace('\\', '/'));

    /// <summary>The asset, if its file is still there.</summary>
    /// <exception cref="I2VException">Somebody deleted the file.</exception>
    public Asset RequireFile(Asset asset, string argument) => File.Exists(PathOf(asset)) ? asset : throw new I2VException(
        ErrorCode.NotFound,
        $"{argument}: the file of {asset.Handle} was deleted or moved ({PathOf(asset)}). Put it back, or import or make it again.",
        argument);

    /// <summary>Gives an examined import its handle and its place. If the same bytes came in meanwhile, that asset is returned.</summary>
    internal Asset Publish(Asset asset, string temporary) => database.Write(session =>
    {
        session.LockForWrite(WriteLock.Content(asset.Sha256));
        if (AssetStore.FindBySha(session, asset.Sha256) is { } known)
        {
            if (!File.Exists(PathOf(known)))
            {
                media.Publish(temporary, known.File);
            }
            return known;
        }
        var handle = AssetStore.NextHandle(session, asset.Handle.Kind);
        var placed = asset with
        {
            Handle = handle,
            File = MediaFolder.NameFor(handle, asset.Title, asset.Format.Extension, asset.CreatedAt),
        };
        try
        {
            media.Publish(temporary, placed.File);
        }
        catch (Exception e) when (I2VException.FromDisk(e) is { } told)
        {
            throw told;
        }
        AssetStore.Insert(session, placed);
        return placed;
    });

    /// <summary>A still as renders take it.</summary>
    public StillSource StillOf(Asset asset) => new(PathOf(asset), asset.Format, asset.Size, asset.Orientation, asset.HasAlpha);

    /// <summary>An asset as previews take it.</summary>
    public PreviewSource PreviewOf(Asset asset) => new(PathOf(asset), asset.Format, asset.Size, asset.Orientation, asset.Duration);

    /// <summary>An asset's sound as renders take it.</summary>
    public AudioSource AudioOf(Asset asset) => new(PathOf(asset), asset.Format, asset.Duration);

    /// <summary>A clip's own picture, before any recipe.</summary>
    public static ClipShape ShapeOf(Asset clip)
    {
        var rate = clip.FramesPerSecond is >= 1 and <= 120 ? clip.FramesPerSecond : 30;
        var frames = Math.Max(1, Math.Round(clip.Duration.TotalSeconds * rate));
        return new ClipShape(clip.Size.Even(), TimeSpan.FromSeconds(frames / rate), rate, clip.HasAudio);
    }
}
