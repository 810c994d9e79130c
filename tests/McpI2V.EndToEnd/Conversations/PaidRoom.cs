namespace McpI2V.EndToEnd.Conversations;

/// <summary>Desks with a key of every simulated vendor.</summary>
public sealed class PaidRoom() : Room(isPaid: true);
