using System.Collections.Concurrent;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Simulation;

/// <summary>The books of all vendors.</summary>
public sealed class ProviderSet(SimOptions options, Faults faults, Bill bill, ResultRenderer renderer)
{
    public ConcurrentDictionary<string, TaskBook> Books { get; } = new(StringComparer.Ordinal);

    public TaskBook Book(string vendor) => Books.GetOrAdd(vendor, v => new TaskBook(v, options, faults, bill, renderer));
}
