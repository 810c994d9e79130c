namespace McpI2V.Simulators.World;

/// <summary>Names an endpoint's vendor and step, for faults and for counting.</summary>
public sealed record Step(string Vendor, string Name);
