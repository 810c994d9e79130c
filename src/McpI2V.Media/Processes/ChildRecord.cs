using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace McpI2V.Media.Processes;

/// <summary>
/// A small file beside a living child's work that names its process, so that after a hard kill of this program the
/// next one can end what was left behind. On Linux a child carries a mark besides, from its first moment on.
/// </summary>
public sealed class ChildRecord : IDisposable
{
    /// <summary>The variable by which a child knows the folder of its work.</summary>
    internal const string Mark = "I2V_WORK_FOLDER";

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
        return Directory.EnumerateFiles(folder, "*" + Suffix, withoutLinks).ToList().Count(EndOrphan)
            + (OperatingSystem.IsLinux() ? EndMarked(Path.GetFileName(folder)) : 0);
    }

    /// <summary>Forgets the child.</summary>
    public void Dispose()
    {
        if (path is not null)
        {
            File.Delete(path);
        }
    }

    // A program that was killed between a child's start and its record left nothing but the child itself.
    private static int EndMarked(string folder) => Directory
        .EnumerateDirectories("/proc")
        .Select(Path.GetFileName)
        .Where(name => int.TryParse(name, out var id) && id != Environment.ProcessId && IsMarked(id, folder))
        .ToList()
        .Count(name => End(name!, _ => true));

    private static bool IsMarked(int process, string folder)
    {
        try
        {
            return Encoding.UTF8
                .GetString(File.ReadAllBytes(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/environ")))
                .Split('\0')
                .Any(v => v.StartsWith(Mark + "=", StringComparison.Ordinal) && v.Split('/').Contains(folder));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // A process id is reused: only the same id with the same start is ours.
    private static bool EndOrphan(string path) =>
        End(Path.GetFileNameWithoutExtension(path), process => StartOf(process) == File.ReadAllText(path));

    private static bool End(string id, Func<Process, bool> isOurs)
    {
        try
        {
            using var process = Process.GetProcessById(int.Parse(id, CultureInfo.InvariantCulture));
            if (!isOurs(process))
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
