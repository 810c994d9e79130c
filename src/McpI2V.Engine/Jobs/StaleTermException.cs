namespace McpI2V.Engine.Jobs;

/// <summary>Another process runs jobs now: whatever this one was about to write must not be written.</summary>
internal sealed class StaleTermException(string job) : Exception($"{job} belongs to another term");
