using System.Net;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using McpI2V.Engine.Storage.Files;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Storage.S3;

/// <summary>Media in an object store: sent there whole, read through a bounded cache on this machine.</summary>
/// <param name="bucket">The bucket.</param>
/// <param name="folder">What its keys begin with after the bucket's own prefix, with a slash at its end.</param>
/// <param name="cache">What is here of it.</param>
internal sealed class S3MediaStore(S3Bucket bucket, string folder, MediaCache cache) : IMediaStore
{
    // S3's keys have up to 1,024 bytes (docs.aws.amazon.com, "Naming Amazon S3 objects").
    private const int LongestName = 800;
    private const int CopyBytes = 128 * 1024;
    private readonly S3Uploads uploads = new(bucket);

    /// <inheritdoc/>
    public string AddressOf(string name) => Root + Checked(name);

    /// <inheritdoc/>
    public string? NameAt(string address) =>
        address.StartsWith(Root, StringComparison.Ordinal) && Holds(address[Root.Length..]) ? address[Root.Length..] : null;

    /// <inheritdoc/>
    public bool Holds(string name) => name.Length is > 0 and <= LongestName
        && !name.Any(c => c == '\\' || char.IsControl(c))
        && name.Split('/').All(part => part is not ("" or "." or ".."));

    /// <inheritdoc/>
    public async Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) =>
        await bucket.HeadAsync(KeyOf(name), cancellationToken) is not null;

    /// <inheritdoc/>
    public Task<MediaLease?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(name);
        return cache.OpenAsync(key, (path, stop) => BringAsync(key, path, stop), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<string?> Sha256Async(string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(name);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var isThere = await ReadAsync(
            key,
            (bytes, _) =>
            {
                hash.AppendData(bytes.Span);
                return ValueTask.CompletedTask;
            },
            cancellationToken);
        return isThere ? Convert.ToHexStringLower(hash.GetHashAndReset()) : null;
    }

    /// <inheritdoc/>
    public async Task PublishAsync(string temporary, string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(name);
        await uploads.SendAsync(temporary, key, MimeTypeOf(name), cancellationToken);
        cache.Put(key, temporary);
    }

    /// <inheritdoc/>
    public async Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var key = KeyOf(name);
        await bucket.AskAsync((s3, stop) => s3.DeleteObjectAsync(bucket.Name, key, stop), cancellationToken);
        cache.Forget(key);
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeptFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var before = bucket.Prefix + folder;
        string? last = null;
        do
        {
            // The older list goes on by a key, which every store understands.
            var request = new ListObjectsRequest { BucketName = bucket.Name, Prefix = before, Marker = last };
            var page = await bucket.AskAsync((s3, stop) => s3.ListObjectsAsync(request, stop), cancellationToken);
            foreach (var item in page?.S3Objects ?? [])
            {
                yield return new KeptFile(item.Key[before.Length..], item.Size ?? 0, item.LastModified ?? DateTimeOffset.MinValue);
            }
            last = page?.IsTruncated == true ? page.S3Objects[^1].Key : null;
        }
        while (last is not null);
    }

    /// <inheritdoc/>
    public Uri? LinkTo(string name, string fileName, string mimeType, DateTimeOffset until) => bucket.Outside is not { } s3
        ? null
        : new Uri(s3.GetPreSignedURL(new GetPreSignedUrlRequest
        {
            BucketName = bucket.Name,
            Key = KeyOf(name),
            Verb = HttpVerb.GET,
            Protocol = bucket.IsOutsidePlain ? Protocol.HTTP : Protocol.HTTPS,
            Expires = until.UtcDateTime,
            ResponseHeaderOverrides = new ResponseHeaderOverrides
            {
                ContentType = mimeType,
                ContentDisposition = $"inline; filename*=UTF-8''{Uri.EscapeDataString(fileName)}",
            },
        }));

    private static string MimeTypeOf(string name) => Path.GetExtension(name) switch
    {
        ".srt" => "application/x-subrip",
        var extension => MediaFormat.All.FirstOrDefault(f => f.Extension == extension)?.MimeType ?? "application/octet-stream",
    };

    private string Root => $"s3://{bucket.Name}/{bucket.Prefix}{folder}";

    private string KeyOf(string name) => bucket.Prefix + folder + Checked(name);

    private string Checked(string name) => Holds(name)
        ? name
        : throw new I2VException(
            ErrorCode.StorageFull,
            "A row of the library names a file that can be none of its store. Run ./i2v doctor; nothing was read.");

    private async Task<bool> BringAsync(string key, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        return await ReadAsync(key, (bytes, stop) => file.WriteAsync(bytes, stop), cancellationToken);
    }

    // The whole object, in order: what is cut off goes on where it was, unless it has become another meanwhile.
    private async Task<bool> ReadAsync(
        string key,
        Func<ReadOnlyMemory<byte>, CancellationToken, ValueTask> take,
        CancellationToken cancellationToken)
    {
        var (at, version) = (0L, (string?)null);
        var read = await bucket.AskAsync<object>(
            async (s3, stop) =>
            {
                var request = new GetObjectRequest { BucketName = bucket.Name, Key = key };
                if (at > 0)
                {
                    (request.ByteRange, request.EtagToMatch) = (new ByteRange($"bytes={at}-"), version);
                }
                using var answer = await s3.GetObjectAsync(request, stop);
                version = answer.ETag;
                var whole = at + answer.ContentLength;
                var buffer = new byte[CopyBytes];
                for (int size; (size = await answer.ResponseStream.ReadAsync(buffer, stop)) > 0; at += size)
                {
                    await take(buffer.AsMemory(0, size), stop);
                }
                return at == whole ? key : throw new IOException("the object was cut off");
            },
            cancellationToken);
        return read is not null;
    }
}
