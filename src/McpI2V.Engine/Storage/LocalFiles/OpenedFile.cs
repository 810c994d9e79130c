using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace McpI2V.Engine.Storage.LocalFiles;

/// <summary>
/// A file that is open, with the path that it really has: what is checked is what is read, whoever changes names meanwhile.
/// Opening never waits, for a pipe neither.
/// </summary>
public sealed partial class OpenedFile : IDisposable
{
    // fcntl.h of Linux (x86-64, arm64) and of macOS.
    private const int LinuxFlags = 0x800 | 0x80000;
    private const int MacFlags = 0x4 | 0x1000000;
    private const int NoEntry = 2;
    private const int NoDevice = 6;
    private const int NoRight = 13;
    private readonly SafeFileHandle handle;

    private OpenedFile(SafeFileHandle handle, string path) => (this.handle, Path) = (handle, path);

    /// <summary>Where the open file really lies.</summary>
    public string Path { get; }

    /// <summary>How long it is; -1 for what is no file: a folder, a pipe, a device without length.</summary>
    public long Length { get; private init; }

    /// <summary>Opens a file to be read.</summary>
    /// <exception cref="FileNotFoundException">It is not there.</exception>
    /// <exception cref="UnauthorizedAccessException">It can't be read by this user.</exception>
    /// <exception cref="IOException">It can't be opened for another reason.</exception>
    public static OpenedFile Open(string path)
    {
        var handle = OperatingSystem.IsWindows()
            ? File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete)
            : OpenWithoutWaiting(path);
        try
        {
            return new OpenedFile(handle, PathOf(handle) ?? RealPaths.Resolve(path)) { Length = LengthOf(handle) };
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>What it holds.</summary>
    public Stream Read() => new FileStream(handle, FileAccess.Read, 1, handle.IsAsync);

    /// <inheritdoc/>
    public void Dispose() => handle.Dispose();

    private static SafeFileHandle OpenWithoutWaiting(string path)
    {
        var handle = new SafeFileHandle(OpenUnix(path, OperatingSystem.IsMacOS() ? MacFlags : LinuxFlags), ownsHandle: true);
        if (!handle.IsInvalid)
        {
            return handle;
        }
        var error = Marshal.GetLastPInvokeError();
        handle.Dispose();
        throw error switch
        {
            NoEntry => new FileNotFoundException(null, path),
            NoRight => new UnauthorizedAccessException(),
            NoDevice => new FileNotFoundException("it is a socket or a device", path),
            _ => new IOException(new Win32Exception(error).Message, error),
        };
    }

    private static long LengthOf(SafeFileHandle handle)
    {
        try
        {
            return RandomAccess.GetLength(handle);
        }
        catch (Exception e) when (e is NotSupportedException or UnauthorizedAccessException or IOException)
        {
            return -1;
        }
    }

    private static string? PathOf(SafeFileHandle handle)
    {
        if (OperatingSystem.IsLinux())
        {
            return new FileInfo($"/proc/self/fd/{handle.DangerousGetHandle()}").LinkTarget;
        }
        if (!OperatingSystem.IsWindows())
        {
            // Without a way to ask the handle, the name is asked once more after it was opened.
            return null;
        }
        var buffer = new char[32_768];
        uint length;
        unsafe
        {
            fixed (char* start = buffer)
            {
                length = FinalPath(handle, start, (uint)buffer.Length, 0);
            }
        }
        if (length == 0 || length >= buffer.Length)
        {
            return null;
        }
        var path = new string(buffer, 0, (int)length);
        return path.StartsWith(@"\\?\UNC\", StringComparison.Ordinal)
            ? @"\\" + path[8..]
            : path.StartsWith(@"\\?\", StringComparison.Ordinal) ? path[4..] : path;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int OpenUnix(string path, int flags);

    [LibraryImport("kernel32", EntryPoint = "GetFinalPathNameByHandleW", SetLastError = true)]
    private static unsafe partial uint FinalPath(SafeFileHandle handle, char* path, uint length, uint flags);
}
