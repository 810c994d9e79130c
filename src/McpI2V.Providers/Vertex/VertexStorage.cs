using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>
/// The user's own bucket in Cloud Storage: inputs are put there, and each attempt's result is delivered into a folder of its own, by which
/// a request is known whose answer was lost (Cloud Storage JSON API v1).
/// </summary>
/// <param name="bucket">The bucket's name; null: none is set.</param>
/// <param name="http">The way to Cloud Storage.</param>
/// <param name="errors">What its answers mean.</param>
/// <param name="memory">Remembers what was put there.</param>
internal sealed class VertexStorage(string? bucket, ProviderHttp http, VertexErrors errors, UploadMemory memory)
    : InputUploads("vertex: Cloud Storage named no object for the upload", memory), IDisposable
{
    /// <summary>Where Cloud Storage is.</summary>
    public static readonly Uri Home = new("https://storage.googleapis.com");

    private const string Scheme = "gs://";

    /// <summary>True if there is a bucket.</summary>
    public bool IsSet => bucket is not null;

    /// <summary>The folder of an attempt; null without a bucket.</summary>
    public string? FolderOf(GenerationOrder order) => bucket is null ? null : $"{Scheme}{bucket}/mcp-i2v/results/{order.Key}/";

    /// <summary>True for the name of a folder.</summary>
    public static bool IsFolder(string name) => name.StartsWith(Scheme, StringComparison.Ordinal);

    /// <summary>Where an object is downloaded; null: the text names none.</summary>
    public Uri? AddressOf(string? named) => Parts(named) is var (place, name) && name.Length > 0
        ? http.At($"storage/v1/b/{Uri.EscapeDataString(place)}/o/{Uri.EscapeDataString(name)}?alt=media")
        : null;

    /// <summary>The clips that lie in a folder: an object is there once it is whole, and not before.</summary>
    /// <exception cref="ProviderException">The folder can't be looked into now.</exception>
    public async Task<IReadOnlyList<Uri>> ClipsInAsync(string folder, CancellationToken jobCancelled)
    {
        var (place, name) = Parts(folder) ?? throw new ArgumentException("no folder", nameof(folder));
        var answer = await ListAsync(place, name, 100, jobCancelled);
        return
        [
            .. (answer["items"] as JsonArray ?? []).OfType<JsonObject>()
                .Select(i => i["name"]?.ToString() ?? "")
                .Where(n => n.StartsWith(name, StringComparison.Ordinal) && n.EndsWith(".mp4", StringComparison.OrdinalIgnoreCase))
                .Select(n => AddressOf($"{Scheme}{place}/{n}"))
                .OfType<Uri>(),
        ];
    }

    /// <summary>Looks whether the bucket is there and may be read; free.</summary>
    /// <exception cref="ProviderException">It is not, or nobody can say now.</exception>
    public Task CheckAsync(CancellationToken cancellationToken) =>
        bucket is null ? Task.CompletedTask : ListAsync(bucket, "mcp-i2v/", 1, cancellationToken);

    /// <summary>Downloads an object.</summary>
    public Task DownloadAsync(Uri address, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(address, path, withKey: true, jobCancelled);

    /// <inheritdoc/>
    public void Dispose() => http.Dispose();

    /// <inheritdoc/>
    protected override async Task<string?> SendAsync(OrderInput input)
    {
        var name = Uri.EscapeDataString($"mcp-i2v/inputs/{input.Fingerprint}");
        var address = http.At($"upload/storage/v1/b/{Uri.EscapeDataString(bucket!)}/o?uploadType=media&name={name}");
        var answer = await http.UploadAsync(
            () => http.Request(HttpMethod.Post, address, OrderInputs.ContentOf(input)),
            errors.JudgeStorage,
            CancellationToken.None);
        return answer.Json?["name"]?.ToString() is { Length: > 0 } stored ? $"{Scheme}{bucket}/{stored}" : null;
    }

    private async Task<JsonObject> ListAsync(string place, string prefix, int most, CancellationToken cancellationToken)
    {
        var address = http.At(
            $"storage/v1/b/{Uri.EscapeDataString(place)}/o?prefix={Uri.EscapeDataString(prefix)}&maxResults={most}&fields=items(name)");
        var answer = await http.AskAsync(() => http.Request(HttpMethod.Get, address), errors.JudgeStorage, cancellationToken);
        return answer.Json!;
    }

    private static (string Bucket, string Name)? Parts(string? named) => named is not null
        && IsFolder(named)
        && named[Scheme.Length..].Split('/', 2) is [{ Length: > 0 } place, var name]
        ? (place, name)
        : null;
}
