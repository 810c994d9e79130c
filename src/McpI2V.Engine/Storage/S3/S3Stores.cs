using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Storage.S3;

/// <summary>The stores of a library in one bucket.</summary>
public static class S3Stores
{
    /// <summary>Each under a name of its own, all through one cache in the library's folder.</summary>
    public static MediaStores Of(S3Bucket bucket, S3Options options, LibraryOptions library)
    {
        var cache = new MediaCache(RealPaths.Within(library.Home, ".near"), options.CacheBytes, bucket.Time);
        return new(
            new S3MediaStore(bucket, "media/", cache),
            new S3MediaStore(bucket, "previews/", cache),
            new S3MediaStore(bucket, "sheets/", cache));
    }

    /// <summary>Writes, reads and removes a small object.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="scratch">A path for what is written.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="I2VException">It is not let, or the store does not answer.</exception>
    public static async Task TryAsync(S3Bucket bucket, string scratch, CancellationToken cancellationToken)
    {
        var store = new S3MediaStore(bucket, "probes/", new MediaCache(scratch + ".near", mostBytes: 0, bucket.Time));
        var name = Guid.NewGuid().ToString("n");
        await File.WriteAllTextAsync(scratch, name, cancellationToken);
        await store.PublishAsync(scratch, name, cancellationToken);
        var read = await store.Sha256Async(name, cancellationToken);
        await store.DeleteAsync(name, cancellationToken);
        if (read is null)
        {
            throw new I2VException(ErrorCode.StorageFull, $"The object store ({bucket.Describe()}) lost what was written a moment ago.");
        }
    }
}
