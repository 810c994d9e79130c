namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>A lock on a file, by which a process shows others that it lives: it ends with the process, however that ends.</summary>
internal static class HeldFile
{
    /// <summary>Takes it.</summary>
    /// <exception cref="IOException">Another holds it.</exception>
    public static FileStream Take(string path) => new(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);

    /// <summary>True while a process holds it; a file that is not there is nobody's.</summary>
    public static bool IsHeld(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        try
        {
            using var free = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }
}
