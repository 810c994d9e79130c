namespace McpI2V.Simulators.Simulation.FaultInjection;

/// <summary>The faults that wait to strike.</summary>
public sealed class Faults
{
    private readonly Lock gate = new();
    private readonly List<(Fault Fault, int Seen, int Struck)> waiting = [];

    public void Add(Fault fault)
    {
        lock (gate)
        {
            waiting.Add((fault, 0, 0));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
        }
    }

    /// <summary>The fault that strikes now, if one does.</summary>
    public Fault? Take(string vendor, string step)
    {
        lock (gate)
        {
            for (var i = 0; i < waiting.Count; i++)
            {
                var (fault, seen, struck) = waiting[i];
                if (fault.Vendor != vendor || fault.Step != step || struck >= fault.Times)
                {
                    continue;
                }
                var strikes = (seen + 1) % fault.Every == 0;
                waiting[i] = (fault, seen + 1, struck + (strikes ? 1 : 0));
                if (strikes)
                {
                    return fault;
                }
            }
            return null;
        }
    }
}
