using System.Collections.Concurrent;

namespace McpI2V.Simulators.World;

/// <summary>The books of all vendors.</summary>
public sealed class Vendors(SimOptions options, Faults faults, Bill bill, Kitchen kitchen)
{
    public ConcurrentDictionary<string, TaskBook> Books { get; } = new(StringComparer.Ordinal);

    public TaskBook Book(string vendor) => Books.GetOrAdd(vendor, v => new TaskBook(v, options, faults, bill, kitchen));
}
