using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Amazon.S3;
using Amazon.S3.Model;

namespace McpI2V.Engine.Storage.S3;

/// <summary>
/// Sends files to a bucket. What is large goes in parts, and which of them have arrived is kept beside the file: a process that goes on
/// with it after another died sends only what is missing. The store compares what arrived with the hash that goes with it.
/// </summary>
internal sealed partial class S3Uploads(S3Bucket bucket)
{
    /// <summary>What is sent at once, in bytes; S3 takes parts from 5 MiB on.</summary>
    public const int PartBytes = 8 * 1024 * 1024;

    /// <summary>Sends a file to a key; it appears there whole, and takes the place of what had the key.</summary>
    public async Task SendAsync(string file, string key, string mimeType, CancellationToken cancellationToken)
    {
        var length = new FileInfo(file).Length;
        if (length > PartBytes)
        {
            await SendPartsAsync(file, key, mimeType, length, cancellationToken);
        }
        else
        {
            await SendWholeAsync(file, key, mimeType, cancellationToken);
        }
        var there = await bucket.HeadAsync(key, cancellationToken);
        if (there?.ContentLength != length)
        {
            throw new I2VException(
                ErrorCode.StorageFull,
                $"The object store took {key} and has {there?.ContentLength ?? 0} of its {length} bytes. Ask again; nothing was lost.");
        }
    }

    /// <summary>The file in which the state of a file's upload is kept.</summary>
    public static string StateOf(string file) => file + ".upload";

    private async Task SendWholeAsync(string file, string key, string mimeType, CancellationToken cancellationToken)
    {
        var content = await File.ReadAllBytesAsync(file, cancellationToken);
        var hash = Convert.ToBase64String(SHA256.HashData(content));
        await bucket.AskAsync(
            async (s3, stop) =>
            {
                using var body = new MemoryStream(content, writable: false);
                return await s3.PutObjectAsync(
                    new PutObjectRequest
                    {
                        BucketName = bucket.Name,
                        Key = key,
                        InputStream = body,
                        ContentType = mimeType,
                        ChecksumSHA256 = hash,
                        UseChunkEncoding = false,
                    },
                    stop);
            },
            cancellationToken);
    }

    private async Task SendPartsAsync(string file, string key, string mimeType, long length, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var state = Read(file, key, length) ?? await BeginAsync(key, mimeType, length, cancellationToken);
            try
            {
                await FinishAsync(file, key, state, length, cancellationToken);
                return;
            }
            catch (I2VException e) when (attempt < 3 && e.InnerException is AmazonS3Exception { ErrorCode: "NoSuchUpload" })
            {
                // It was given up there, or finished and the answer was lost: sent anew it is the same.
                File.Delete(StateOf(file));
            }
        }
    }

    private async Task<UploadState> BeginAsync(string key, string mimeType, long length, CancellationToken cancellationToken)
    {
        var begun = await bucket.AskAsync(
            (s3, stop) => s3.InitiateMultipartUploadAsync(
                new InitiateMultipartUploadRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    ContentType = mimeType,
                    ChecksumAlgorithm = ChecksumAlgorithm.SHA256,
                },
                stop),
            cancellationToken);
        return new UploadState(key, length, begun!.UploadId, []);
    }

    private async Task FinishAsync(string file, string key, UploadState state, long length, CancellationToken cancellationToken)
    {
        var buffer = new byte[PartBytes];
        await using (var source = File.OpenRead(file))
        {
            for (var (number, at) = (state.Parts.Count + 1, (long)state.Parts.Count * PartBytes); at < length; number++, at += PartBytes)
            {
                source.Position = at;
                var size = await source.ReadAtLeastAsync(buffer, (int)Math.Min(PartBytes, length - at), true, cancellationToken);
                var hash = Convert.ToBase64String(SHA256.HashData(buffer.AsSpan(0, size)));
                var part = await bucket.AskAsync(
                    async (s3, stop) =>
                    {
                        using var body = new MemoryStream(buffer, 0, size, writable: false);
                        return await s3.UploadPartAsync(
                            new UploadPartRequest
                            {
                                BucketName = bucket.Name,
                                Key = key,
                                UploadId = state.Id,
                                PartNumber = number,
                                PartSize = size,
                                InputStream = body,
                                ChecksumSHA256 = hash,
                                UseChunkEncoding = false,
                            },
                            stop);
                    },
                    cancellationToken);
                state = state with { Parts = [.. state.Parts, new UploadedPart(part!.ETag, hash)] };
                await File.WriteAllBytesAsync(
                    StateOf(file),
                    JsonSerializer.SerializeToUtf8Bytes(state, UploadStateJson.Default.UploadState),
                    cancellationToken);
            }
        }
        await bucket.AskAsync(
            (s3, stop) => s3.CompleteMultipartUploadAsync(
                new CompleteMultipartUploadRequest
                {
                    BucketName = bucket.Name,
                    Key = key,
                    UploadId = state.Id,
                    PartETags = [.. state.Parts.Select((p, i) => new PartETag(i + 1, p.ETag) { ChecksumSHA256 = p.Sha256 })],
                },
                stop),
            cancellationToken);
        File.Delete(StateOf(file));
    }

    // What another process sent of the same file.
    private static UploadState? Read(string file, string key, long length)
    {
        try
        {
            return File.Exists(StateOf(file))
                && JsonSerializer.Deserialize(File.ReadAllBytes(StateOf(file)), UploadStateJson.Default.UploadState) is { } state
                && state.Key == key
                && state.Bytes == length
                    ? state
                    : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }

    internal sealed record UploadState(string Key, long Bytes, string Id, IReadOnlyList<UploadedPart> Parts);

    internal sealed record UploadedPart(string ETag, string Sha256);

    [JsonSerializable(typeof(UploadState))]
    internal sealed partial class UploadStateJson : JsonSerializerContext;
}
