using McpI2V.Answers;
using McpI2V.Engine;

namespace McpI2V.Mcp.Calls;

/// <summary>What helps a client on another machine: it can't open our paths, and we can't open its.</summary>
/// <param name="LinkOf">How it fetches an asset's file.</param>
/// <param name="SubtitlesOf">How it fetches the subtitles beside one.</param>
/// <param name="GalleryOf">Where a person sees a batch, or by <c>newest</c> the newest of the library.</param>
/// <param name="AssetAt">The asset at an address that was given out here and has not ended; null for any other.</param>
/// <param name="OfMissing">The answer to a call whose file can't be read here: where to send it. Given the caller; null for any other
/// error.</param>
internal sealed record RemoteClientLinks(
    Func<AssetHandle, string> LinkOf,
    Func<AssetHandle, string> SubtitlesOf,
    Func<string, string> GalleryOf,
    Func<string, AssetHandle?> AssetAt,
    Func<I2VException, string, Answer?> OfMissing);
