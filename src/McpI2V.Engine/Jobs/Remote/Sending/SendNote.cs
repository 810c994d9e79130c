using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>What became of a paid request, as it is noted beside the database.</summary>
/// <param name="Task">The provider's name for it; null: it was not accepted.</param>
/// <param name="Refusal">Why it was not accepted; null where it was.</param>
internal sealed record SendNote(RemoteTask? Task, Refusal? Refusal = null)
{
    /// <summary>The note of a request that was not accepted.</summary>
    public static SendNote Of(ProviderException refused) => new(null, Sending.Refusal.From(refused));
}
