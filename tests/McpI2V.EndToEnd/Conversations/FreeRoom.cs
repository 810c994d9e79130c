namespace McpI2V.EndToEnd.Conversations;

/// <summary>Desks without a key.</summary>
public sealed class FreeRoom() : Room(isPaid: false);
