using McpI2V.Media;

namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>A temporary folder for one piece of work.</summary>
public sealed class WorkFolder(string path) : IDisposable
{
    /// <summary>Its path.</summary>
    public string Path => path;

    /// <summary>The folder as media operations take it.</summary>
    public MediaWork Work(IProgress<double>? progress = null) => new(path, progress);

    /// <summary>Removes the folder and what is left in it.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(path, recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The sweep at the next start removes it.
        }
    }
}
