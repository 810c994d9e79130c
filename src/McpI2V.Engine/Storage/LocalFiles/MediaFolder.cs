using System.Runtime.CompilerServices;
using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>A store that is a folder of this machine: a file appears in it by one rename, and is opened where it lies.</summary>
/// <param name="root">Nothing outside of it is touched, whatever a name or a link says.</param>
/// <param name="folder">The folder in it; empty: the root itself.</param>
/// <param name="isDurable">False for what is made again when it is lost: it need not be flushed to the disk.</param>
public sealed class MediaFolder(string root, string folder = "", bool isDurable = true) : IMediaStore
{
    /// <summary>The stores of a library that lies in a folder, under the names that people find there.</summary>
    public static MediaStores StoresOf(LibraryOptions options) => new(
        new MediaFolder(options.Media),
        new MediaFolder(options.Home, ".previews", isDurable: false),
        new MediaFolder(options.Home, "sheets", isDurable: false));

    /// <inheritdoc/>
    public string AddressOf(string name) => RealPaths.Named(root, InFolder(name));

    /// <inheritdoc/>
    public string? NameAt(string address)
    {
        var name = Path.GetRelativePath(Path.Combine(root, folder), address).Replace('\\', '/');
        return Holds(name) ? name : null;
    }

    /// <inheritdoc/>
    public bool Holds(string name) => RealPaths.TryWithin(root, InFolder(name)) is not null;

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => Task.FromResult(File.Exists(PathOf(name)));

    /// <inheritdoc/>
    public Task<MediaLease?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return Task.FromResult(File.Exists(path) ? new MediaLease(path) : null);
    }

    /// <inheritdoc/>
    public async Task<string?> Sha256Async(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        return File.Exists(path) ? await ContentHash.OfFileAsync(path, cancellationToken) : null;
    }

    /// <inheritdoc/>
    public Task PublishAsync(string temporary, string name, CancellationToken cancellationToken) =>
        // A disk takes its time to say that it has all of a clip.
        Task.Run(() => Publish(temporary, name), cancellationToken);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        var path = PathOf(name);
        if (File.Exists(path))
        {
            File.Delete(path);
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<KeptFile> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var start = new DirectoryInfo(Path.Combine(root, folder));
        // A link that leads elsewhere is none of the library's.
        var all = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in start.Exists ? start.EnumerateFiles("*", all) : [])
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new KeptFile(
                Path.GetRelativePath(start.FullName, file.FullName).Replace('\\', '/'),
                file.Length,
                new DateTimeOffset(file.LastWriteTimeUtc));
        }
        await Task.CompletedTask;
    }

    private void Publish(string temporary, string name)
    {
        var target = PathOf(name);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        // A folder on the way may have become a link meanwhile.
        target = PathOf(name);
        if (isDurable)
        {
            using var finished = new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite);
            finished.Flush(flushToDisk: true);
        }
        File.Move(temporary, target, overwrite: true);
    }

    // What is read or written lies inside whatever links say.
    private string PathOf(string name) => RealPaths.Within(root, InFolder(name));

    private string InFolder(string name) => folder.Length == 0 || name.Length == 0 ? name : Path.Combine(folder, name);
}
