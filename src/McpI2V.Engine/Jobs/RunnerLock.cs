using McpI2V.Engine.Library;

namespace McpI2V.Engine.Jobs;

/// <summary>
/// Decides which of several processes on one library runs jobs: the one that holds a lock on a file. The operating system
/// lets go of it with the process, however that ends, so the next one takes over within a moment and no clock is asked.
/// </summary>
internal sealed class RunnerLock(LibraryOptions options) : IDisposable
{
    private FileStream? held;

    /// <summary>Takes the lock if nobody has it.</summary>
    public bool TryTake()
    {
        try
        {
            held = new FileStream(Path.Combine(options.Home, ".runner"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Lets go.</summary>
    public void Dispose() => held?.Dispose();
}
