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
}
