using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace McpI2V.Media.Processes;

/// <summary>
/// A small file beside a living child's work that names its process, so that after a hard kill of this program the
/// next one can end what was left behind.
/// </summary>
public sealed class ChildRecord : IDisposable
{
    private const string Suffix = ".child";
    private readonly string? path;

    private ChildRecord(string? path) => this.path = path;

    internal static ChildRecord Keep(Process process, string? folder)
    {
        if (folder is null)
        {
            return new ChildRecord(null);
        }
        try
        {
            var path = Path.Combine(folder, process.Id.ToString(CultureInfo.InvariantCulture) + Suffix);
            File.WriteAllText(path, StartOf(process));
            return new ChildRecord(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException or Win32Exception)
        {
            return new ChildRecord(null);
        }
    }

    /// <summary>Ends every recorded child under a folder that outlived the process which started it.</summary>
    /// <returns>How many were ended.</returns>
    public static int EndOrphans(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return 0;
        }
        var withoutLinks = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        return Directory.EnumerateFiles(folder, "*" + Suffix, withoutLinks).ToList().Count(EndOrphan);
    }

    /// <summary>Forgets the child.</summary>
    public void Dispose()
    {
        if (path is not null)
        {
            File.Delete(path);
        }
    }

    private static bool EndOrphan(string path)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(Path.GetFileNameWithoutExtension(path), CultureInfo.InvariantCulture));
            // A process id is reused: only the same id with the same start is ours.
            if (StartOf(process) != File.ReadAllText(path))
            {
                return false;
            }
            process.Kill(entireProcessTree: true);
            return process.WaitForExit(TimeSpan.FromSeconds(5));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or Win32Exception or IOException or FormatException)
        {
            return false;
        }
    }

    private static string StartOf(Process process) =>
        process.StartTime.ToUniversalTime().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
}
