using McpI2V.Engine.Library;

namespace McpI2V.Http;

/// <summary>Addresses by which an asset's file can be fetched for a day: whoever has one sees that file, and nothing else.</summary>
internal sealed class MediaLinks(LinkSigner signer, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>An asset's address.</summary>
    public string Of(AssetHandle handle) => signer.Sign(PathOf(handle), time.GetUtcNow() + Lifetime);

    /// <summary>True if an address was made here, for this asset, and has not ended.</summary>
    public bool IsGood(AssetHandle handle, string? expires, string? signature) => signer.IsGood(PathOf(handle), expires, signature);

    private static string PathOf(AssetHandle handle) => $"media/{handle}";
}
