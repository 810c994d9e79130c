using System.Runtime.InteropServices;

namespace McpI2V.Hosting.Stdio;

/// <summary>The process that started this one; when it dies, the system gives us another parent.</summary>
internal static partial class ParentProcess
{
    /// <summary>Its id; 0 where the system does not re-parent.</summary>
    public static int Id() => OperatingSystem.IsWindows() ? 0 : GetParentId();

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();
}
