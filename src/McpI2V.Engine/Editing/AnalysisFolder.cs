using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media.Clips.Rendering;

namespace McpI2V.Engine.Editing;

/// <summary>Keeps what operations found out about clips beside the library, the most recently used first.</summary>
public sealed class AnalysisFolder(LibraryOptions options, TimeProvider time) : IAnalysisCache
{
    /// <summary>The most bytes that are kept: 256 MB unless set; one result may have a quarter of them.</summary>
    public long MostBytes { get; init; } = 256 << 20;

    private string Folder => RealPaths.Within(options.Home, ".analyses");

    /// <inheritdoc/>
    public bool TryFetch(string key, string path)
    {
        try
        {
            var kept = new FileInfo(Path.Combine(Folder, key));
            if (!kept.Exists || kept.LinkTarget is not null)
            {
                return false;
            }
            kept.CopyTo(path, overwrite: true);
            kept.LastWriteTimeUtc = time.GetUtcNow().UtcDateTime;
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Keep(string key, string path)
    {
        if (new FileInfo(path).Length > MostBytes / 4)
        {
            return;
        }
        var temporary = Path.Combine(Folder, $".{Guid.NewGuid():n}");
        try
        {
            PrivateFiles.CreateFolder(Folder);
            File.Copy(path, temporary);
            File.SetLastWriteTimeUtc(temporary, time.GetUtcNow().UtcDateTime);
            // Whoever reads it meanwhile reads all of the one or all of the other, and both are the same.
            File.Move(temporary, Path.Combine(Folder, key), overwrite: true);
            DropOldest();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Without a cache the clip is looked at again the next time.
            Drop(temporary);
        }
    }

    private void DropOldest()
    {
        long bytes = 0;
        foreach (var file in new DirectoryInfo(Folder).GetFiles().OrderByDescending(f => f.LastWriteTimeUtc))
        {
            bytes += file.Length;
            if (bytes > MostBytes)
            {
                file.Delete();
            }
        }
    }

    private static void Drop(string temporary)
    {
        try
        {
            File.Delete(temporary);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // It is dropped with the oldest.
        }
    }
}
