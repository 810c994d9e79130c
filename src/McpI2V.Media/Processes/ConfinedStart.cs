using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace McpI2V.Media.Processes;

/// <summary>
/// Starts children from a thread that has given up the network, which they inherit: it costs a start nothing. The thread does
/// nothing else, because threads that it began would inherit as much; so it never queues work, and who asks waits for it.
/// </summary>
[SupportedOSPlatform("linux")]
internal sealed class ConfinedStart
{
    private static readonly Lazy<ConfinedStart> Only = new(() => new ConfinedStart());
    private readonly Lock turn = new();
    private readonly object gate = new();
    private Func<Process?>? work;
    private Process? started;
    private ExceptionDispatchInfo? fault;
    private bool isConfined;
    private bool isDone;

    private ConfinedStart()
    {
        // The runtime's thread for signals runs other people's handlers, so it has to begin before this one is confined.
        PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => { }).Dispose();
        lock (gate)
        {
            new Thread(Serve) { IsBackground = true, Name = "child starter" }.Start();
            AwaitDone_NeedsLock();
        }
    }

    /// <summary>True if children have no network.</summary>
    public static bool HasNoNetwork => Only.Value.isConfined;

    /// <summary>Starts a process on the confined thread.</summary>
    public static Process? Start(Func<Process?> start) => Only.Value.Ask(start);

    private Process? Ask(Func<Process?> start)
    {
        lock (turn)
        {
            lock (gate)
            {
                (work, isDone) = (start, false);
                Monitor.PulseAll(gate);
                AwaitDone_NeedsLock();
            }
            fault?.Throw();
            return started;
        }
    }

    private void AwaitDone_NeedsLock()
    {
        while (!isDone)
        {
            Monitor.Wait(gate);
        }
    }

    private void Serve()
    {
        lock (gate)
        {
            isConfined = LinuxProcess.TakeNetworkFromThisThread();
            while (true)
            {
                isDone = true;
                Monitor.PulseAll(gate);
                while (work is null)
                {
                    Monitor.Wait(gate);
                }
                Serve_NeedsLock(work);
                work = null;
            }
        }
    }

    private void Serve_NeedsLock(Func<Process?> start)
    {
        try
        {
            (started, fault) = (start(), null);
        }
        catch (Exception e)
        {
            (started, fault) = (null, ExceptionDispatchInfo.Capture(e));
        }
    }
}
