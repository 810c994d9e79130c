namespace McpI2V.Engine.Providers;

/// <summary>A request that is ready to leave; a provider keeps in it what it needs to send it once.</summary>
/// <param name="Order">The order.</param>
public abstract record PreparedRequest(GenerationOrder Order);
