namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>
/// Shows to every process that an answer is on its way to this one: a lock on a file, which ends with the process however that ends.
/// </summary>
public sealed class AnswerUnderWay(LibraryOptions library, string key) : IDisposable
{
    private readonly FileStream held = new(PathOf(library, key), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>True while a process has the answer to an attempt on its way.</summary>
    public static bool IsSeen(LibraryOptions library, string key)
    {
        var path = PathOf(library, key);
        if (!File.Exists(path))
        {
            return false;
        }
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (Exception e) when (e is IOException and not FileNotFoundException)
        {
            return true;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
    }

    /// <summary>It is here, or will not come.</summary>
    public void Dispose() => held.Dispose();

    private static string PathOf(LibraryOptions library, string key) => new SendNotes(library).LockOf(key);
}
