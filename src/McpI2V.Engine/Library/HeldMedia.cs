using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Library;

/// <summary>The files that one piece of work reads: each is a local one from when it was asked for until the work is over.</summary>
public sealed class HeldMedia : IAsyncDisposable
{
    private readonly MediaLibrary library;
    private readonly Dictionary<AssetHandle, MediaLease> leases = [];

    internal HeldMedia(MediaLibrary library) => this.library = library;

    /// <summary>Makes a plan whose files are held. What it asks for is opened, and it is made again with where that lies.</summary>
    /// <exception cref="I2VException">A file was deleted (<see cref="ErrorCode.NotFound"/>), or the plan is refused.</exception>
    public async Task<T> PlanAsync<T>(Func<IAssetPaths, T> plan, CancellationToken cancellationToken)
    {
        while (true)
        {
            var paths = new AskedPaths(library, leases);
            var made = plan(paths);
            if (paths.Lacking.Count == 0)
            {
                return made;
            }
            foreach (var asset in paths.Lacking)
            {
                leases[asset.Handle] = await library.OpenAsync(asset, cancellationToken);
            }
        }
    }

    /// <summary>Where an asset's file lies from now on.</summary>
    /// <exception cref="I2VException">Somebody deleted the file.</exception>
    public Task<string> PathOfAsync(Asset asset, CancellationToken cancellationToken) =>
        PlanAsync(paths => paths.PathOf(asset), cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var lease in leases.Values)
        {
            await lease.DisposeAsync();
        }
        leases.Clear();
    }
}
