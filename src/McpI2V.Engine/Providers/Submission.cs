namespace McpI2V.Engine.Providers;

/// <summary>A request that the vendor took.</summary>
/// <param name="Task">The vendor's name for it.</param>
/// <param name="Finished">The result, where the vendor answers at once; null: look for it.</param>
public sealed record Submission(RemoteTask Task, RemoteStatus? Finished = null);
