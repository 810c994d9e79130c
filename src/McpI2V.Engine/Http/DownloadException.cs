namespace McpI2V.Engine.Http;

/// <summary>A download was given up. The message says what happened and names neither address nor side.</summary>
public sealed class DownloadException(DownloadFault fault, string message, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>What happened.</summary>
    public DownloadFault Fault { get; } = fault;
}
