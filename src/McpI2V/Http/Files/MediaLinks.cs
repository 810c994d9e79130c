using McpI2V.Engine;
using Microsoft.AspNetCore.WebUtilities;

namespace McpI2V.Http.Files;

/// <summary>
/// Addresses by which an asset's file, its subtitles, its preview or a gallery can be seen for a day: whoever has one sees that, and
/// nothing else.
/// </summary>
internal sealed class MediaLinks(LinkSigner signer, TimeProvider time)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private DateTimeOffset Until => time.GetUtcNow() + Lifetime;

    /// <summary>An asset's address.</summary>
    public string ForAsset(AssetHandle handle) => signer.Sign(File(handle), Until);

    /// <summary>The address of the subtitles beside an asset.</summary>
    public string OfSubtitles(AssetHandle handle) => signer.Sign(Subtitles(handle), Until);

    /// <summary>A gallery's address.</summary>
    public string OfGallery(string what) => signer.Sign(Gallery(what), Until);

    /// <summary>An asset's address on a gallery's page, from where the page is.</summary>
    public string PathOf(AssetHandle handle) => "../" + signer.SignPath(File(handle), Until);

    /// <summary>The address of the subtitles beside an asset on a gallery's page, from where the page is.</summary>
    public string SubtitlesPathOf(AssetHandle handle) => "../" + signer.SignPath(Subtitles(handle), Until);

    /// <summary>The address of an asset's preview on a gallery's page, from where the page is.</summary>
    public string PreviewPathOf(AssetHandle handle) => "../" + signer.SignPath(Preview(handle), Until);

    /// <summary>True if an asset's address was made here and has not ended.</summary>
    public bool IsGood(AssetHandle handle, string? expires, string? signature) => signer.IsGood(File(handle), expires, signature);

    /// <summary>The asset at an address that was made here and has not ended; null for any other.</summary>
    public AssetHandle? AssetAt(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri)
            || !AssetHandle.TryParse(uri.Segments[^1], out var handle)
            || !uri.AbsolutePath.EndsWith("/" + File(handle), StringComparison.Ordinal))
        {
            return null;
        }
        var query = QueryHelpers.ParseQuery(uri.Query);
        return IsGood(handle, query.GetValueOrDefault("expires"), query.GetValueOrDefault("signature")) ? handle : null;
    }

    /// <summary>True if a preview's address was made here and has not ended.</summary>
    public bool IsGoodPreview(AssetHandle handle, string? expires, string? signature) => signer.IsGood(Preview(handle), expires, signature);

    /// <summary>True if an address of subtitles was made here and has not ended.</summary>
    public bool IsGoodForSubtitles(AssetHandle handle, string? expires, string? signature) =>
        signer.IsGood(Subtitles(handle), expires, signature);

    /// <summary>True if a gallery's address was made here and has not ended.</summary>
    public bool IsGoodGallery(string what, string? expires, string? signature) => signer.IsGood(Gallery(what), expires, signature);

    private static string File(AssetHandle handle) => $"media/{handle}";

    private static string Preview(AssetHandle handle) => $"media/{handle}/preview";

    private static string Subtitles(AssetHandle handle) => $"media/{handle}/subtitles";

    private static string Gallery(string what) => $"gallery/{what}";
}
