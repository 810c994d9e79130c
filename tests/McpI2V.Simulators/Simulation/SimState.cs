namespace McpI2V.Simulators.Simulation;

/// <summary>Where a task is.</summary>
public enum SimState
{
    Waiting,
    Working,
    Done,
    Failed,
    Canceled,
}
