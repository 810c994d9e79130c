using McpI2V.Media;

namespace McpI2V.Engine.Storage.S3;

/// <summary>The object store that keeps a library's files: section <c>Storage:S3</c>.</summary>
public sealed class S3Options(SettingsSection settings)
{
    /// <summary>No such store: files are kept in the library's folder.</summary>
    public S3Options()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>The bucket; null: files are kept in the library's folder.</summary>
    public string? Bucket { get; init; } = settings.Text("Bucket");

    /// <summary>Where the store is; null: Amazon's own, in <see cref="Region"/>.</summary>
    public Uri? Endpoint { get; init; } = settings.Address("Endpoint", _ => true, "address such as https://s3.example.com");

    /// <summary>The region that requests are signed for.</summary>
    public string Region { get; init; } = settings.Text("Region") ?? "us-east-1";

    /// <summary>What every key begins with, so that libraries can share a bucket; empty or with a slash at its end.</summary>
    public string Prefix { get; init; } = settings.Text("Prefix") is { } prefix ? prefix.Trim('/') + "/" : "";

    /// <summary>
    /// Where people's browsers reach the store: links then lead there, signed and for a time. Null: Amazon's own is reached everywhere,
    /// and what another store has goes through this server.
    /// </summary>
    public Uri? PublicEndpoint { get; init; } = settings.Address("PublicEndpoint", _ => true, "address such as https://media.example.com");

    /// <summary>How much of it is kept on this machine, in bytes: what was not used for longest goes first.</summary>
    public long CacheBytes { get; init; } = settings.Megabytes("CacheMegabytes", unlessSet: 10_000, from: 100, to: 10_000_000);

    /// <summary>True if files are kept in it.</summary>
    public bool IsUsed => Bucket is not null;

    /// <summary>The name of its key; null: as the machine has it (environment, profile, role).</summary>
    internal string? AccessKey { get; init; } = settings.Text("AccessKey");

    /// <summary>The key.</summary>
    internal string? SecretKey { get; init; } = settings.Text("SecretKey");
}
