using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Messages;

/// <summary>What was read: a message that can be handled, or what is wrong with it.</summary>
/// <param name="Message">The message; null where it is at fault.</param>
/// <param name="Fault">What is wrong; null where nothing is.</param>
internal readonly record struct MessageReading(JsonRpcMessage? Message, MessageFault? Fault);
