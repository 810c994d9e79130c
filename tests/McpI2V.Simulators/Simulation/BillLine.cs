namespace McpI2V.Simulators.Simulation;

/// <summary>One charge.</summary>
public sealed record BillLine(string Vendor, string Task, string Model, decimal Usd, DateTimeOffset At);
