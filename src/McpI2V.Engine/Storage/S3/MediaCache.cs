using System.Security.Cryptography;
using System.Text;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Storage.S3;

/// <summary>
/// Files of a far store on this machine, as many as there is room for. Who holds one has it locked, whichever process that is; what is
/// not held and was not used for longest goes first.
/// </summary>
/// <param name="folder">Where they lie.</param>
/// <param name="mostBytes">How much is kept; what is held at once may be more.</param>
/// <param name="time">The time.</param>
internal sealed class MediaCache(string folder, long mostBytes, TimeProvider time)
{
    private const string Unfinished = ".part";
    private static readonly TimeSpan LeftAlone = TimeSpan.FromHours(1);
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task> coming = new(StringComparer.Ordinal);

    /// <summary>A file that is here, or is brought; null: there is none.</summary>
    /// <param name="key">Its key in the store.</param>
    /// <param name="bring">Writes it to a path; false: there is none.</param>
    /// <param name="cancellationToken">Ends the bringing.</param>
    public async Task<MediaLease?> OpenAsync(
        string key,
        Func<string, CancellationToken, Task<bool>> bring,
        CancellationToken cancellationToken)
    {
        for (var path = PathOf(key); ;)
        {
            if (TryHold(path) is { } held)
            {
                return held;
            }
            if (!await BringOnceAsync(key, path, bring, cancellationToken))
            {
                return null;
            }
        }
    }

    /// <summary>Takes a finished local file over, as what the store has under a key.</summary>
    public void Put(string key, string file)
    {
        PrivateFiles.CreateFolder(folder);
        File.Move(file, PathOf(key), overwrite: true);
        Sweep();
    }

    /// <summary>Forgets what was under a key.</summary>
    public void Forget(string key) => Remove(PathOf(key));

    private string PathOf(string key) => Path.Combine(
        folder,
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..40] + Path.GetExtension(key));

    private MediaLease? TryHold(string path)
    {
        try
        {
            var held = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            // It may have been swept between the opening and the lock.
            if (!File.Exists(path))
            {
                held.Dispose();
                return null;
            }
            File.SetLastAccessTimeUtc(held.SafeFileHandle, time.GetUtcNow().UtcDateTime);
            return new MediaLease(path, held.DisposeAsync);
        }
        catch (IOException)
        {
            return null;
        }
    }

    // Who asks for what is on its way waits for it.
    private async Task<bool> BringOnceAsync(
        string key,
        string path,
        Func<string, CancellationToken, Task<bool>> bring,
        CancellationToken cancellationToken)
    {
        Task<bool> mine;
        lock (gate)
        {
            if (!coming.TryGetValue(key, out var other))
            {
                coming[key] = mine = BringAsync(path, bring, cancellationToken);
            }
            else
            {
                mine = AfterAsync(other, cancellationToken);
            }
        }
        try
        {
            return await mine;
        }
        finally
        {
            lock (gate)
            {
                if (coming.TryGetValue(key, out var now) && now == mine)
                {
                    coming.Remove(key);
                }
            }
        }
    }

    // However that ended: it is looked for again.
    private static async Task<bool> AfterAsync(Task other, CancellationToken cancellationToken)
    {
        await other.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return true;
    }

    private async Task<bool> BringAsync(string path, Func<string, CancellationToken, Task<bool>> bring, CancellationToken cancellationToken)
    {
        await Task.Yield();
        PrivateFiles.CreateFolder(folder);
        var part = $"{path}.{Guid.NewGuid():n}{Unfinished}";
        try
        {
            if (!await bring(part, cancellationToken))
            {
                return false;
            }
            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (I2VException.FromDisk(e) is { } told)
        {
            throw told;
        }
        finally
        {
            File.Delete(part);
        }
        Sweep();
        return true;
    }

    private void Sweep()
    {
        try
        {
            var files = new DirectoryInfo(folder).GetFiles();
            foreach (var left in files.Where(f => f.Name.EndsWith(Unfinished, StringComparison.Ordinal)
                && time.GetUtcNow().UtcDateTime - f.LastWriteTimeUtc > LeftAlone))
            {
                left.Delete();
            }
            var whole = files.Where(f => !f.Name.EndsWith(Unfinished, StringComparison.Ordinal)).OrderBy(f => f.LastAccessTimeUtc).ToList();
            var bytes = whole.Sum(f => f.Length);
            foreach (var file in whole.TakeWhile(_ => bytes > mostBytes))
            {
                bytes -= Remove(file.FullName) ? file.Length : 0;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another process sweeps as well.
        }
    }

    // False while somebody holds it.
    private static bool Remove(string path)
    {
        try
        {
            using var alone = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            File.Delete(path);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
