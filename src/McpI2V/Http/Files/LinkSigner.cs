using McpI2V.Access;
using McpI2V.Engine.Storage.Files;
using McpI2V.Settings;

namespace McpI2V.Http.Files;

/// <summary>Signs addresses that carry their own permission, for one thing and until a time.</summary>
internal sealed class LinkSigner(ISharedDocuments documents, HttpOptions options, ListenPolicy policy, TimeProvider time)
{
    private readonly StateSigner signer = new(
        new(() => SigningKeys.Read(documents, SigningKeys.OfLinks), LazyThreadSafetyMode.PublicationOnly),
        "link");

    /// <summary>A signed address.</summary>
    /// <param name="path">Where, without a leading slash; the signature is for this path alone.</param>
    /// <param name="until">When it ends.</param>
    public string Sign(string path, DateTimeOffset until) => Origin.AbsoluteUri.TrimEnd('/') + "/" + SignPath(path, until);

    /// <summary>A signed address without the server's own, for its pages.</summary>
    /// <param name="path">Where, without a leading slash; the signature is for this path alone.</param>
    /// <param name="until">When it ends.</param>
    public string SignPath(string path, DateTimeOffset until)
    {
        var signed = signer.Sign(path, until).Split('|');
        return $"{path}?expires={signed[^2]}&signature={signed[^1]}";
    }

    /// <summary>True if an address was made here, for this path, and has not ended.</summary>
    public bool IsGood(string path, string? expires, string? signature) =>
        signer.Read($"{path}|{expires}|{signature}") is { } signed && signed.Value == path && signed.Until >= Now;

    // Ends are whole seconds.
    private DateTimeOffset Now => DateTimeOffset.FromUnixTimeSeconds(time.GetUtcNow().ToUnixTimeSeconds());

    // Where the server is reached.
    private Uri Origin => options.PublicUrl
        ?? new UriBuilder(policy.Url) { Host = policy.Url.IdnHost is "0.0.0.0" or "[::]" or "::" ? "localhost" : policy.Url.Host }.Uri;
}
