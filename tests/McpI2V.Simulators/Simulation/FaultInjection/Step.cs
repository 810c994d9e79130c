namespace McpI2V.Simulators.Simulation.FaultInjection;

/// <summary>Names an endpoint's vendor and step, for faults and for counting.</summary>
public sealed record Step(string Vendor, string Name);
