using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>
/// Shows to every process that an answer is on its way to this one: a lock on a file, which ends with the process however that ends.
/// </summary>
public sealed class AnswerUnderWay(LibraryOptions library, string key) : IDisposable
{
    private readonly FileStream held = HeldFile.Take(PathOf(library, key));

    /// <summary>True while a process has the answer to an attempt on its way.</summary>
    public static bool IsSeen(LibraryOptions library, string key) => HeldFile.IsHeld(PathOf(library, key));

    /// <summary>It is here, or will not come.</summary>
    public void Dispose() => held.Dispose();

    private static string PathOf(LibraryOptions library, string key) => new SendNotes(library).LockOf(key);
}
