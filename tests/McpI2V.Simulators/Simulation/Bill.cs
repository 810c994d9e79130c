using System.Collections.Concurrent;

namespace McpI2V.Simulators.Simulation;

/// <summary>What the vendors charged: the witness that a ledger is held against.</summary>
public sealed class Bill
{
    private readonly ConcurrentQueue<BillLine> lines = new();

    public IReadOnlyCollection<BillLine> Lines => lines;

    public void Charge(string vendor, string task, string model, decimal usd, DateTimeOffset at) =>
        lines.Enqueue(new BillLine(vendor, task, model, decimal.Round(usd, 6), at));
}

/// <summary>One charge.</summary>
public sealed record BillLine(string Vendor, string Task, string Model, decimal Usd, DateTimeOffset At);
