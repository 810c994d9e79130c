using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.Files;

namespace McpI2V.Engine.Housekeeping;

/// <summary>
/// Holds rows and files against each other: every file that a row names is read whole, and every file of the store is looked for in the
/// rows. Rows and files that were saved at different moments differ; nothing is changed here.
/// </summary>
public sealed class FileAudit(AssetStore assets, MediaStores stores, TimeProvider time)
{
    // What is published lies there a moment before its row does.
    private static readonly TimeSpan OnItsWay = TimeSpan.FromHours(1);

    /// <summary>Reads and compares all of them.</summary>
    public async Task<FilesFound> RunAsync(CancellationToken cancellationToken)
    {
        var store = stores.Assets;
        List<KeptFile> kept = [];
        await foreach (var file in store.ListAsync(cancellationToken))
        {
            kept.Add(file);
        }
        // Rows come after what lies there, so that no file of a new row seems to be nobody's.
        var named = assets.Files();
        List<(string Handle, string File)> missing = [];
        List<(string Handle, string File)> damaged = [];
        foreach (var (handle, file, sha) in named)
        {
            var read = store.Holds(file) ? await store.Sha256Async(file, cancellationToken) : null;
            if (read != sha)
            {
                (read is null ? missing : damaged).Add((handle, file));
            }
        }
        var known = named.SelectMany(n => new[] { n.File, MediaNames.SubtitlesOf(n.File) }).ToHashSet(StringComparer.Ordinal);
        var sure = time.GetUtcNow() - OnItsWay;
        return new FilesFound(
            named.Count - missing.Count - damaged.Count,
            missing,
            damaged,
            [.. kept.Where(k => !known.Contains(k.Name) && k.ChangedAt < sure).OrderBy(k => k.Name, StringComparer.Ordinal)]);
    }
}

/// <summary>What an audit found.</summary>
/// <param name="Well">How many files hold what their rows say.</param>
/// <param name="Missing">Assets whose file is not there.</param>
/// <param name="Damaged">Assets whose file holds something else than was put there.</param>
/// <param name="Orphans">Files that no row names, older than an hour.</param>
public sealed record FilesFound(
    int Well,
    IReadOnlyList<(string Handle, string File)> Missing,
    IReadOnlyList<(string Handle, string File)> Damaged,
    IReadOnlyList<KeptFile> Orphans);
