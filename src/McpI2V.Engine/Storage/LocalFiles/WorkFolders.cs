using McpI2V.Media.Processes;

namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>
/// Temporary folders beside the media folder, so that a finished file is renamed and never copied. Each process has one of
/// its own that it locks while it lives; what a dead process left is swept by the next.
/// </summary>
public sealed class WorkFolders(LibraryOptions options) : IDisposable
{
    private const string LockName = "in-use";
    private readonly Lock gate = new();
    private FileStream? inUse;
    private string? session;

    private string Root => RealPaths.Within(options.Home, ".work");

    /// <summary>Makes an empty folder for one piece of work; disposing it removes it.</summary>
    /// <exception cref="I2VException">The library can't be written.</exception>
    public WorkFolder Create()
    {
        try
        {
            var path = Path.Combine(Session(), Guid.NewGuid().ToString("n")[..12]);
            PrivateFiles.CreateFolder(path);
            return new WorkFolder(path);
        }
        catch (Exception e) when (I2VException.FromDisk(e) is { } told)
        {
            throw told;
        }
    }

    /// <summary>True if a path that a row names lies in these folders.</summary>
    public bool Holds(string path) => RealPaths.TryWithin(Root, path) is not null;

    /// <summary>Ends the children of dead processes and removes their folders.</summary>
    /// <param name="needed">Files that are still to be published from where they lie: their folders stay.</param>
    public void SweepDead(IReadOnlySet<string> needed)
    {
        if (!Directory.Exists(Root))
        {
            return;
        }
        foreach (var folder in Directory.EnumerateDirectories(Root).Where(f => f != session).ToList())
        {
            if (new DirectoryInfo(folder).LinkTarget is not null || new FileInfo(Path.Combine(folder, LockName)).LinkTarget is not null)
            {
                // Not of our making: what it leads to is left alone.
                continue;
            }
            try
            {
                using (new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
                {
                    ChildRecord.EndOrphans(folder);
                }
                if (!needed.Any(f => f.StartsWith(folder + Path.DirectorySeparatorChar, StringComparison.Ordinal)))
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Somebody lives there.
            }
        }
    }

    /// <summary>Removes this process's own folder.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            inUse?.Dispose();
            if (session is not null && Directory.Exists(session))
            {
                try
                {
                    Directory.Delete(session, recursive: true);
                }
                catch (Exception e) when (e is IOException or UnauthorizedAccessException)
                {
                    // The next process sweeps it.
                }
            }
            session = null;
        }
    }

    private string Session()
    {
        lock (gate)
        {
            for (var attempt = 1; session is null; attempt++)
            {
                var path = Path.Combine(Root, Guid.NewGuid().ToString("n")[..12]);
                PrivateFiles.CreateFolder(path);
                try
                {
                    inUse = new FileStream(Path.Combine(path, LockName), FileMode.Create, FileAccess.ReadWrite, FileShare.None);
                    session = path;
                }
                catch (IOException e) when (attempt < 3 && I2VException.FromDisk(e) is null)
                {
                    // Another process swept the folder in the moment before it was locked; the next one gets a new name.
                }
            }
            return session;
        }
    }
}
