using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace McpI2V.Media.Processes;

/// <summary>What Linux does for a child: resource limits, no inherited handles, and a filter without sockets.</summary>
[SupportedOSPlatform("linux")]
internal static partial class LinuxProcess
{
    // asm-generic/resource.h; the same numbers on x86-64 and arm64.
    private const int Cpu = 0;
    private const int FileSize = 1;
    private const int Data = 2;
    private const int Core = 4;
    private const int OpenFiles = 7;

    private const int SetSeccomp = 22;
    private const int SetNoNewPrivileges = 38;
    private const nuint FilterMode = 2;
    private const uint CloseOnExec = 4;
    private const int FirstInherited = 3;

    /// <summary>Holds a process to its limits; false if the system does not.</summary>
    public static bool Limit(int process, ChildLimits limits, TimeSpan cpu) =>
        Limit(process, Data, limits.MemoryBytes) & Limit(process, FileSize, limits.FileBytes) & Limit(
            process,
            Cpu,
            (long)Math.Ceiling(cpu.TotalSeconds))
        & Limit(process, OpenFiles, ChildLimits.OpenFiles) & Limit(process, Core, 0);

    /// <summary>
    /// From now on this thread, and every process it starts, can open no socket and look into no other process. Works without
    /// any right, in a container too; it can't be taken back.
    /// </summary>
    public static unsafe bool TakeNetworkFromThisThread()
    {
        if (Filter() is not { } filter || Control(SetNoNewPrivileges, 1, 0, 0, 0) != 0)
        {
            return false;
        }
        fixed (ulong* instructions = filter)
        {
            var program = new FilterProgram { Length = (ushort)filter.Length, Instructions = (nint)instructions };
            return Control(SetSeccomp, FilterMode, (nuint)(&program), 0, 0) == 0;
        }
    }

    /// <summary>What the program that started us left open is not passed on. Our own handles never are.</summary>
    public static void KeepHandlesFromChildren()
    {
        try
        {
            _ = CloseRange(FirstInherited, uint.MaxValue, CloseOnExec);
        }
        catch (EntryPointNotFoundException)
        {
            // A C library older than glibc 2.34: such handles stay open in children, as they always were.
        }
    }

    private static bool Limit(int process, int what, long most)
    {
        var limit = new Range { Soft = (ulong)most, Hard = (ulong)most };
        return SetLimit(process, what, in limit, 0) == 0;
    }

    // A classic BPF program over struct seccomp_data (linux/seccomp.h): the system call's number at 0, the architecture at 4.
    private static ulong[]? Filter()
    {
        const ushort load = 0x20, jumpIfEqual = 0x15, jumpIfAtLeast = 0x35, answer = 0x06;
        const uint allow = 0x7FFF0000, refuse = 0x0005000D; // SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EACCES

        // socket, io_uring_setup (a ring makes sockets too), ptrace, process_vm_readv, process_vm_writev, pidfd_getfd
        (uint Architecture, uint[] Calls)? system = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => (0xC000003E, [41, 425, 101, 310, 311, 438]),
            Architecture.Arm64 => (0xC00000B7, [198, 425, 117, 270, 271, 438]),
            _ => null,
        };
        if (system is not { } known)
        {
            return null;
        }
        // Calls of another architecture, and of x86-64's x32 with its high bit, would go by other numbers.
        var refusal = (byte)(known.Calls.Length + 1);
        List<ulong> filter =
        [
            Instruction(load, 0, 0, 4),
            Instruction(jumpIfEqual, 0, (byte)(refusal + 2), known.Architecture),
            Instruction(load, 0, 0, 0),
            Instruction(jumpIfAtLeast, refusal, 0, 0x40000000),
        ];
        for (var i = 0; i < known.Calls.Length; i++)
        {
            filter.Add(Instruction(jumpIfEqual, (byte)(known.Calls.Length - i), 0, known.Calls[i]));
        }
        return [.. filter, Instruction(answer, 0, 0, allow), Instruction(answer, 0, 0, refuse)];
    }

    private static ulong Instruction(ushort code, byte ifTrue, byte ifFalse, uint operand) =>
        code | ((ulong)ifTrue << 16) | ((ulong)ifFalse << 24) | ((ulong)operand << 32);

    [LibraryImport("libc", EntryPoint = "prlimit", SetLastError = true)]
    private static partial int SetLimit(int process, int what, in Range limit, nint old);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int Control(int what, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport("libc", EntryPoint = "close_range", SetLastError = true)]
    private static partial int CloseRange(uint first, uint last, uint flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct Range
    {
        public ulong Soft;
        public ulong Hard;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public nint Instructions;
    }
}
