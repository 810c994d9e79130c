namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>Where paths really lead, every link followed, and whether that is inside a folder.</summary>
public static class RealPaths
{
    private const int MaxLinks = 40;

    /// <summary>A path with every symbolic link in it followed; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    public static string Resolve(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(full[real.Length..]
            .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
            .Reverse());
        var links = 0;
        while (rest.TryPop(out var part))
        {
            var next = Path.GetFullPath(Path.Combine(real, part));
            var target = new FileInfo(next).LinkTarget;
            if (target is null)
            {
                real = next;
                continue;
            }
            if (++links > MaxLinks)
            {
                throw new IOException("too many links");
            }
            var to = Path.GetFullPath(target, real);
            real = Path.GetPathRoot(to)!;
            foreach (var piece in to[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse())
            {
                rest.Push(piece);
            }
        }
        return real;
    }

    /// <summary>True if a path is in a folder by its name; both are full.</summary>
    public static bool IsInside(string path, string folder)
    {
        var relative = Path.GetRelativePath(folder, path);
        return relative != ".."
            && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            && !Path.IsPathRooted(relative);
    }

    /// <summary>The full path of a file of the library that a row names, which need not be there yet.</summary>
    /// <exception cref="I2VException">By its name or by a link on its way it leads out of the folder: nothing of ours wrote
    /// that.</exception>
    public static string Within(string folder, string file) => TryWithin(folder, file) ?? throw LeadsOut(folder, file);

    /// <summary>As <see cref="Within"/> by the name alone: to be told, not to be read, for links on its way are not looked at.</summary>
    /// <exception cref="I2VException">By its name it leads out of the folder.</exception>
    public static string Named(string folder, string file) => NameWithin(folder, file)?.Path ?? throw LeadsOut(folder, file);

    /// <summary>As <see cref="Within"/>; null where that throws.</summary>
    public static string? TryWithin(string folder, string file) =>
        NameWithin(folder, file) is { } named && HasNoWayOut(named.Path, named.Root) ? named.Path : null;

    private static (string Path, string Root)? NameWithin(string folder, string file)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            return null;
        }
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.Combine(root, file)));
        return path != root && IsInside(path, root) ? (path, root) : null;
    }

    // The library's folder itself may be a link: that is the user's choice.
    private static bool HasNoWayOut(string path, string root)
    {
        for (var at = path; at.Length > root.Length; at = Path.GetDirectoryName(at)!)
        {
            if (new FileInfo(at).LinkTarget is not null)
            {
                return IsReallyInside(path, root);
            }
        }
        return true;
    }

    private static bool IsReallyInside(string path, string root)
    {
        try
        {
            return IsInside(Resolve(path), Resolve(root));
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static I2VException LeadsOut(string folder, string file) => new(
        ErrorCode.InputForbidden,
        $"The library names {Shown(file)}, which leads out of its folder {folder}. It was not touched. " +
            "Remove the link, or put the library's folder and database back from a backup.");

    private static string Shown(string file) => string.Concat(file.Take(120).Where(c => !char.IsControl(c)));
}
