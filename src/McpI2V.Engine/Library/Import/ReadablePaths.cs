using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Library.Import;

/// <summary>
/// Decides which files of this machine may be read: those that really lie, every link followed, inside an allowed folder.
/// </summary>
public static class ReadablePaths
{
    private const int LongestPath = 4_096;

    /// <summary>Opens a file that may be read. The name decides early and in good words; the open file decides.</summary>
    /// <param name="written">The path as the caller wrote it.</param>
    /// <param name="roots">The allowed folders.</param>
    /// <param name="argument">The argument's name, for the error.</param>
    /// <exception cref="I2VException">It is not there, not a file, empty, or outside the allowed folders.</exception>
    public static OpenedFile Open(string written, IReadOnlyList<string> roots, string argument)
    {
        if (FaultOf(written) is { } fault)
        {
            throw I2VException.Invalid(argument, $"{argument} is no path: {fault}. Nothing was spent.");
        }
        var path = Expand(written, roots);
        var allowed = roots.Where(Directory.Exists).Select(RealPaths.Resolve).ToList();
        RequireFile(Real(path, written, argument), written, allowed, argument);
        OpenedFile file;
        try
        {
            file = OpenedFile.Open(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(written, argument);
        }
        catch (UnauthorizedAccessException)
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"{argument}: {written} can't be read by the user that the server runs as. Change its rights, or give a copy.",
                argument);
        }
        try
        {
            RequireInside(file.Path, written, allowed, argument);
            // Pipes and devices say zero too, so none of them is ever read.
            return file.Length > 0 ? file : throw Empty(written, argument);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    private static string? FaultOf(string written) =>
        string.IsNullOrWhiteSpace(written) ? "it is empty" :
        written.Length > LongestPath ? $"it has {written.Length} characters" :
        written.Contains('\0', StringComparison.Ordinal) || HasHalfLetter(written) ? "it has characters that no path has" : null;

    private static string Real(string path, string written, string argument)
    {
        try
        {
            return RealPaths.Resolve(path);
        }
        catch (IOException)
        {
            throw I2VException.Invalid(argument, $"{argument}: {written} has links that lead in a circle; give the file's own path.");
        }
    }

    private static void RequireFile(string real, string written, IReadOnlyList<string> allowed, string argument)
    {
        RequireInside(real, written, allowed, argument);
        if (Directory.Exists(real))
        {
            throw I2VException.Invalid(argument, $"{argument}: {written} is a folder; give a file in it.");
        }
        var file = new FileInfo(real);
        if (!file.Exists)
        {
            throw Missing(written, argument);
        }
        if (file.Length == 0)
        {
            throw Empty(written, argument);
        }
    }

    private static void RequireInside(string real, string written, IReadOnlyList<string> allowed, string argument)
    {
        if (!allowed.Any(root => RealPaths.IsInside(real, root)))
        {
            throw new I2VException(
                ErrorCode.InputForbidden,
                $"{argument}: {written} lies outside the folders that may be " +
                    $"read ({(allowed.Count == 0 ? "none is set" : string.Join(", ", allowed))}). " +
                    "Move the file there, or add its folder to I2V__Inputs__Roots. Nothing was read.",
                argument);
        }
    }

    private static I2VException Missing(string written, string argument) => new(
        ErrorCode.NotFound,
        $"{argument}: there is no file {written}. Check the path; nothing was spent.",
        argument);

    private static I2VException Empty(string written, string argument) => new(
        ErrorCode.MediaUnreadable,
        $"{argument}: {written} has no bytes in it; give another file. Nothing was spent.",
        argument);

    // Half of a surrogate pair can't be written as UTF-8: the system would look for another name.
    private static bool HasHalfLetter(string written)
    {
        for (var i = 0; i < written.Length; i++)
        {
            if (char.IsHighSurrogate(written[i]) && i + 1 < written.Length && char.IsLowSurrogate(written[i + 1]))
            {
                i++;
            }
            else if (char.IsSurrogate(written[i]))
            {
                return true;
            }
        }
        return false;
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
}
