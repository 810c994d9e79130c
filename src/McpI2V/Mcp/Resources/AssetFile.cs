using System.Globalization;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;
using McpI2V.Tools.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Resources;

/// <summary>The file behind a link of an answer, as the resource that the link says it is.</summary>
internal static class AssetFile
{
    // In base64 this stays below the megabyte above which clients refuse a result.
    private const long MostBytes = 700_000;

    /// <summary>The file, of its own type.</summary>
    /// <param name="tools">The library.</param>
    /// <param name="uri">The address that was asked for.</param>
    /// <param name="asset">Whose file it is.</param>
    /// <param name="callCancelled">Ends the reading.</param>
    /// <exception cref="McpProtocolException">It is too large to travel in an answer.</exception>
    /// <exception cref="I2VException">It is gone, or can't be read.</exception>
    public static async Task<ReadResourceResult> ReadAsync(ToolServices tools, string uri, Asset asset, CancellationToken callCancelled)
    {
        // A photo as it was brought in may say where it was taken: it is shown, not handed on.
        if (asset is { Operation: "import", Handle.Kind: MediaKind.Still })
        {
            return Of(await tools.Previews.OfAsync(asset, Previews.AnswerBytes, callCancelled), uri, "image/jpeg");
        }
        if (asset.Bytes > MostBytes)
        {
            var where = uri.StartsWith("file:", StringComparison.Ordinal)
                ? $"its file is {tools.Library.PathOf(asset)}"
                : "download it from this address itself";
            throw new McpProtocolException(
                string.Create(CultureInfo.InvariantCulture, $"{asset.Handle} has {asset.Bytes / 1e6:0.0} MB, and at most " +
                    $"{MostBytes / 1e6:0.0} MB travel in an answer: {where}. {asset.Uri} holds its facts and a preview; find_assets with " +
                    $"handle and at_seconds shows its frames."),
                McpErrorCode.InvalidParams)
                {
                    Data = { ["uri"] = uri },
                };
        }
        await using var file = await tools.Library.OpenAsync(asset, callCancelled);
        return Of(await File.ReadAllBytesAsync(file.Path, callCancelled), uri, asset.Format.MimeType);
    }

    private static ReadResourceResult Of(byte[] bytes, string uri, string type) => new()
    {
        Contents = [BlobResourceContents.FromBytes(bytes, uri, type)],
    };
}
