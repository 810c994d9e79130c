namespace McpI2V.Engine.Providers;

/// <summary>A voice of an account's own.</summary>
/// <param name="Id">What the provider knows it by.</param>
/// <param name="Name">What its owner calls it, cleaned.</param>
public sealed record ProviderVoice(string Id, string Name);
