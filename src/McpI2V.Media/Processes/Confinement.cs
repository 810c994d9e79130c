using System.Diagnostics;

namespace McpI2V.Media.Processes;

/// <summary>
/// Gives a child less than this program has: no network, no handles, bounds on memory, time and files, as far as the system can.
/// </summary>
internal sealed class Confinement : IDisposable
{
    private readonly IDisposable? held;

    private Confinement(IDisposable? held) => this.held = held;

    /// <summary>Starts a process.</summary>
    public static Process? Start(ProcessStartInfo start, bool withNetwork)
    {
#pragma warning disable RS0030 // This is the one place.
        if (!OperatingSystem.IsLinux())
        {
            return Process.Start(start);
        }
        LinuxProcess.KeepHandlesFromChildren();
        return withNetwork ? Process.Start(start) : ConfinedStart.Start(() => Process.Start(start));
#pragma warning restore RS0030
    }

    /// <summary>Holds a process that has just begun to its limits, until it is let go.</summary>
    public static Confinement Hold(Process process, ChildLimits limits, TimeSpan timeout)
    {
        // Its time is watched by the clock; this is for the case that we end before it does.
        var cpu = timeout * Environment.ProcessorCount;
        if (OperatingSystem.IsLinux())
        {
            _ = LinuxProcess.Limit(process.Id, limits, cpu);
        }
        return new Confinement(OperatingSystem.IsWindows() ? WindowsJob.Hold(process, limits, cpu) : null);
    }

    /// <summary>What of all that this system does, in words.</summary>
    public static string Describe() =>
        OperatingSystem.IsLinux()
            ? (ConfinedStart.HasNoNetwork ? "no network, " : "network open (no seccomp here), ") +
                "bounds on memory, processor time and files"
            :
        OperatingSystem.IsWindows()
        ? "bounds on memory and processor time; the network is open"
        : "no bounds but time; the network is open";

    /// <inheritdoc/>
    public void Dispose() => held?.Dispose();
}
