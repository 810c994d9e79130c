using System.Reflection;
using System.Runtime.InteropServices;

namespace McpI2V.Engine.Storage.Sqlite;

/// <summary>
/// Prefers the system's own SQLite where it is newer than the one that is shipped: versions before 3.51.3 can corrupt a
/// write-ahead log that several processes share, so the newest at hand decides whether that journal mode may be used.
/// </summary>
public static partial class SqliteNative
{
    private static readonly string[] SystemNames = OperatingSystem.IsMacOS()
        ? ["/usr/lib/libsqlite3.dylib"]
        : OperatingSystem.IsWindows() ? ["winsqlite3.dll"] : ["libsqlite3.so.0", "libsqlite3.so"];
    private static readonly Lazy<bool> Ready = new(Initialize);

    /// <summary>Loads SQLite once a process.</summary>
    public static void Load() => _ = Ready.Value;

    /// <summary>The version in use, as 3051003 for 3.51.3.</summary>
    public static int Version
    {
        get
        {
            Load();
            return SQLitePCL.raw.sqlite3_libversion_number();
        }
    }

    private static bool Initialize()
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLitePCL.SQLite3Provider_e_sqlite3).Assembly, Resolve);
        SQLitePCL.Batteries_V2.Init();
        return true;
    }

    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        NativeLibrary.TryLoad(name, assembly, path, out var shipped);
        foreach (var candidate in SystemNames)
        {
            if (NativeLibrary.TryLoad(candidate, out var system))
            {
                return VersionOf(system) > VersionOf(shipped) ? system : shipped;
            }
        }
        return shipped;
    }

    private static unsafe int VersionOf(IntPtr library) =>
        library != IntPtr.Zero && NativeLibrary.TryGetExport(library, "sqlite3_libversion_number", out var version)
            ? ((delegate* unmanaged[Cdecl]<int>)version)()
            : 0;
}
