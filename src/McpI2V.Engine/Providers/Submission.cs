namespace McpI2V.Engine.Providers;

/// <summary>A request that the provider took.</summary>
/// <param name="Task">The provider's name for it.</param>
/// <param name="Finished">The result, where the provider answers at once; null: look for it.</param>
public sealed record Submission(RemoteTask Task, RemoteStatus? Finished = null);
