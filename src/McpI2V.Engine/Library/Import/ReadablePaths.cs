namespace McpI2V.Engine.Library.Import;

/// <summary>Decides which files of this machine may be read: those that really lie, every link followed, inside an allowed folder.</summary>
public static class ReadablePaths
{
    private const int MaxLinks = 40;

    /// <summary>The real path of a file that may be read.</summary>
    /// <param name="written">The path as the caller wrote it.</param>
    /// <param name="roots">The allowed folders.</param>
    /// <param name="argument">The argument's name, for the error.</param>
    /// <exception cref="I2VException">It is not there, not a file, empty, or outside the allowed folders.</exception>
    public static string Resolve(string written, IReadOnlyList<string> roots, string argument)
    {
        var path = Expand(written, roots);
        var allowed = roots.Where(Directory.Exists).Select(RealPath).ToList();
        string real;
        try
        {
            real = RealPath(path);
        }
        catch (IOException)
        {
            throw I2VException.Invalid(argument, $"{argument}: {written} has links that lead in a circle.");
        }
        if (!allowed.Any(root => IsInside(real, root)))
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"{argument}: {written} lies outside the folders that may be read ({(allowed.Count == 0 ? "none is set" : string.Join(", ", allowed))}). Move the file there, or add its folder to I2V__Inputs__Roots. Nothing was read.",
                argument);
        }
        if (Directory.Exists(real))
        {
            throw I2VException.Invalid(argument, $"{argument}: {written} is a folder; give a file in it.");
        }
        var file = new FileInfo(real);
        if (!file.Exists)
        {
            throw new I2VException(ErrorCode.NotFound, $"{argument}: there is no file {written}. Check the path; nothing was spent.", argument);
        }
        // Pipes and devices say zero too, so none of them is ever opened.
        return file.Length > 0 ? real : throw new I2VException(ErrorCode.MediaUnreadable, $"{argument}: {written} is empty. Nothing was spent.", argument);
    }

    /// <summary>A path with every symbolic link in it followed; parts that do not exist stay as they are.</summary>
    /// <exception cref="IOException">Its links lead in a circle.</exception>
    internal static string RealPath(string path)
    {
        var full = Path.GetFullPath(path);
        var real = Path.GetPathRoot(full)!;
        var rest = new Stack<string>(full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries).Reverse());
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

    private static string Expand(string written, IReadOnlyList<string> roots)
    {
        var path = written.Trim();
        if (path.StartsWith("~/", StringComparison.Ordinal) || path.StartsWith("~\\", StringComparison.Ordinal))
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), path[2..]);
        }
        if (Path.IsPathFullyQualified(path))
        {
            return path;
        }
        return roots.Select(root => Path.Combine(root, path)).FirstOrDefault(File.Exists) ?? Path.GetFullPath(path);
    }

    private static bool IsInside(string path, string root)
    {
        var relative = Path.GetRelativePath(root, path);
        return relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal) && !Path.IsPathRooted(relative);
    }
}
