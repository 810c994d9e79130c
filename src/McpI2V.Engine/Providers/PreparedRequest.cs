namespace McpI2V.Engine.Providers;

/// <summary>A request that is ready to leave; a provider keeps in it what it needs to send it once.</summary>
/// <param name="Order">The order.</param>
public abstract record PreparedRequest(GenerationOrder Order)
{
    /// <summary>What is sent, where it is JSON: a lost request is found again by it.</summary>
    public virtual System.Text.Json.Nodes.JsonObject? Sent => null;
}
