namespace McpI2V.Media;

/// <summary>A media operation failed. The message is written for the person who asked: what happened and what to do next.</summary>
public sealed class MediaException(MediaFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure it was.</summary>
    public MediaFault Fault { get; } = fault;
}
