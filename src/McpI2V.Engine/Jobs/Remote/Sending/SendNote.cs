using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>What became of a paid request, as it is noted beside the database.</summary>
/// <param name="Task">The provider's name for it; null: it was not accepted.</param>
internal sealed record SendNote(RemoteTask? Task);
