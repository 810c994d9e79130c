using System.Text.Json.Nodes;

namespace McpI2V.Engine.Providers;

/// <summary>A request whose answer was lost, with what it can be known by.</summary>
/// <param name="Order">The order, without its inputs.</param>
/// <param name="SentAt">When it was about to leave.</param>
/// <param name="Body">What was sent; null: it was not kept.</param>
/// <param name="IsTaken">True for a provider's id that another job of this library has.</param>
public sealed record LostRequest(GenerationOrder Order, DateTimeOffset SentAt, JsonObject? Body, Func<string, bool> IsTaken);
