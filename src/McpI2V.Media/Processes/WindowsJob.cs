using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace McpI2V.Media.Processes;

/// <summary>
/// A job object (winnt.h): its process ends with us, however we end, and has a bound on memory and processor time, and no children.
/// </summary>
[SupportedOSPlatform("windows")]
internal static partial class WindowsJob
{
    private const int ExtendedLimits = 9;
    private const uint ProcessTime = 0x2;
    private const uint ActiveProcesses = 0x8;
    private const uint DieOnUnhandledException = 0x400;
    private const uint ProcessMemory = 0x100;
    private const uint KillOnClose = 0x2000;

    /// <summary>Puts a process into a job of its own; null if the system refuses. Closing the job ends the process.</summary>
    public static SafeFileHandle? Hold(Process process, ChildLimits limits, TimeSpan cpu)
    {
        var job = Create(0, 0);
        var bounds = new Limits
        {
            PerProcessTime = cpu.Ticks,
            Flags = ProcessTime | ActiveProcesses | DieOnUnhandledException | ProcessMemory | KillOnClose,
            ActiveProcesses = 1,
            ProcessMemory = (nuint)limits.MemoryBytes,
        };
        if (!job.IsInvalid && Set(job, ExtendedLimits, in bounds, Marshal.SizeOf<Limits>()) && Assign(job, process.SafeHandle))
        {
            return job;
        }
        job.Dispose();
        return null;
    }

    [LibraryImport("kernel32", EntryPoint = "CreateJobObjectW", SetLastError = true)]
    private static partial SafeFileHandle Create(nint attributes, nint name);

    [LibraryImport("kernel32", EntryPoint = "SetInformationJobObject", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Set(SafeFileHandle job, int kind, in Limits limits, int length);

    [LibraryImport("kernel32", EntryPoint = "AssignProcessToJobObject", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool Assign(SafeFileHandle job, SafeProcessHandle process);

    // JOBOBJECT_EXTENDED_LIMIT_INFORMATION
    [StructLayout(LayoutKind.Sequential)]
    private struct Limits
    {
        public long PerProcessTime;
        public long PerJobTime;
        public uint Flags;
        public nuint LeastWorkingSet;
        public nuint MostWorkingSet;
        public uint ActiveProcesses;
        public nuint Affinity;
        public uint PriorityClass;
        public uint SchedulingClass;
        public ulong ReadOperations;
        public ulong WriteOperations;
        public ulong OtherOperations;
        public ulong ReadBytes;
        public ulong WrittenBytes;
        public ulong OtherBytes;
        public nuint ProcessMemory;
        public nuint JobMemory;
        public nuint PeakProcessMemory;
        public nuint PeakJobMemory;
    }
}
