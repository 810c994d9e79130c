using System.Security.Cryptography;

namespace McpI2V.Engine.Storage.Files;

/// <summary>What a file holds, as a number: the same bytes are the same asset.</summary>
public static class ContentHash
{
    // Fewer, larger reads: a clip has hundreds of megabytes.
    private const int BufferBytes = 80 * 1024;

    /// <summary>The SHA-256 of a local file, in lower-case hexadecimal.</summary>
    public static async Task<string> OfFileAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, new FileStreamOptions
        {
            BufferSize = BufferBytes,
            Options = FileOptions.SequentialScan,
        });
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}
