namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>
/// Files and folders that are nobody else's on this machine: they have their rights from their first moment, and no other ever reads them.
/// </summary>
public static class PrivateFiles
{
    private const UnixFileMode OfFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">Where.</param>
    /// <param name="content">What.</param>
    /// <param name="replaces">False to leave a file that is there already.</param>
    public static void Write(string path, ReadOnlySpan<byte> content, bool replaces = true)
    {
        CreateFolder(Path.GetDirectoryName(path)!);
        var part = $"{path}.{Guid.NewGuid():n}.part";
        using (var file = Create(part))
        {
            file.Write(content);
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(part, path, replaces);
        }
        catch (IOException) when (!replaces && File.Exists(path))
        {
            File.Delete(part);
        }
    }

    /// <summary>Makes an empty file, if there is none.</summary>
    public static void Ensure(string path)
    {
        if (!File.Exists(path))
        {
            Write(path, [], replaces: false);
        }
    }

    /// <summary>Makes a folder, if there is none; one that is there stays as it is.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
            return;
        }
        Directory.CreateDirectory(path, OfFile | UnixFileMode.UserExecute);
    }

    private static FileStream Create(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OfFile;
        }
        return new FileStream(path, options);
    }
}
