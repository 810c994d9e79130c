using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpI2V.Engine.Library;

namespace McpI2V.Http;

/// <summary>Addresses by which an asset's file can be fetched for a day: whoever has one sees that file, and nothing else.</summary>
internal sealed class MediaLinks(LibraryOptions library, HttpOptions options, DoorPolicy policy, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);
    private readonly Lazy<byte[]> key = new(() => Key(library));

    /// <summary>An asset's address.</summary>
    public string Of(AssetHandle handle)
    {
        var expires = time.GetUtcNow().Add(Lifetime).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return $"{Origin}media/{handle}?expires={expires}&signature={Signature(handle, expires)}";
    }

    /// <summary>True if an address was made here, for this asset, and has not ended.</summary>
    public bool IsGood(AssetHandle handle, string? expires, string? signature) =>
        long.TryParse(expires, NumberStyles.None, CultureInfo.InvariantCulture, out var until)
        && until >= time.GetUtcNow().ToUnixTimeSeconds()
        && CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Signature(handle, expires!)), Encoding.ASCII.GetBytes(signature ?? ""));

    private Uri Origin => options.PublicUrl ?? new UriBuilder(policy.Url) { Host = policy.Url.IdnHost is "0.0.0.0" or "[::]" or "::" ? "localhost" : policy.Url.Host }.Uri;

    private string Signature(AssetHandle handle, string expires) => Convert.ToHexStringLower(HMACSHA256.HashData(key.Value, Encoding.UTF8.GetBytes($"{handle}|{expires}")));

    // Kept, so that an address outlives the process that made it.
    private static byte[] Key(LibraryOptions library)
    {
        var path = Path.Combine(library.Home, "http-media.key");
        Directory.CreateDirectory(library.Home);
        if (File.Exists(path) && File.ReadAllBytes(path) is { Length: 32 } known)
        {
            return known;
        }
        var part = $"{path}.{Guid.NewGuid():n}";
        File.WriteAllBytes(part, RandomNumberGenerator.GetBytes(32));
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(part, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
        File.Move(part, path, overwrite: true);
        return File.ReadAllBytes(path);
    }
}
