namespace McpI2V.Engine.Storage.Files;

/// <summary>
/// Where the library's media are kept, by the names that rows hold. A file appears here whole and is never changed; whoever works
/// on one opens it, and has it as a local file for as long as it is held.
/// </summary>
public interface IMediaStore
{
    /// <summary>
    /// Where a person finds a file, as answers say it: its path, if it is kept on this machine. It need not be there, and no work reads
    /// it by this.
    /// </summary>
    /// <exception cref="I2VException">The name leads out of the store.</exception>
    string AddressOf(string name);

    /// <summary>The name of what lies at an address; null for an address elsewhere.</summary>
    string? NameAt(string address);

    /// <summary>True if a name can be one of this store: what a row says is believed of no other place.</summary>
    bool Holds(string name);

    /// <summary>True if the file is there.</summary>
    /// <exception cref="I2VException">The name leads out of the store.</exception>
    Task<bool> ExistsAsync(string name, CancellationToken cancellationToken);

    /// <summary>Opens a file to be read; null if it is not there.</summary>
    /// <exception cref="I2VException">The name leads out of the store.</exception>
    Task<MediaLease?> OpenAsync(string name, CancellationToken cancellationToken);

    /// <summary>Where a browser fetches a file from the store itself, signed; null: nowhere, it goes through this server.</summary>
    /// <param name="name">The name.</param>
    /// <param name="fileName">What it is called where it is kept.</param>
    /// <param name="mimeType">What it is fetched as.</param>
    /// <param name="until">When the address ends.</param>
    Uri? LinkTo(string name, string fileName, string mimeType, DateTimeOffset until) => null;

    /// <summary>The SHA-256 of what lies under a name, in lower-case hexadecimal; null if nothing does.</summary>
    Task<string?> Sha256Async(string name, CancellationToken cancellationToken);

    /// <summary>
    /// Takes a finished local file over. It appears whole or not at all, survives a power cut from then on, and replaces what had its
    /// name.
    /// </summary>
    /// <exception cref="I2VException">The name leads out of the store.</exception>
    Task PublishAsync(string temporary, string name, CancellationToken cancellationToken);

    /// <summary>Removes a file, if it is there.</summary>
    Task DeleteAsync(string name, CancellationToken cancellationToken);

    /// <summary>Everything that lies there, in no order.</summary>
    IAsyncEnumerable<KeptFile> ListAsync(CancellationToken cancellationToken);
}

/// <summary>A file of a store.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size.</param>
/// <param name="ChangedAt">When it was put there, by the store's clock.</param>
public sealed record KeptFile(string Name, long Bytes, DateTimeOffset ChangedAt);
