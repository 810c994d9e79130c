using Microsoft.Extensions.Logging;

namespace McpI2V.Mcp.Messages;

/// <summary>The log of what nobody foresaw; its writer is made with the first fault.</summary>
internal sealed partial class FaultLog(Lazy<ILogger<FaultLog>> log)
{
    /// <summary>Writes a failure.</summary>
    /// <param name="what">The tool or method that failed.</param>
    /// <param name="exception">Why.</param>
    public void Write(string what, Exception exception) => LogUnexpected(log.Value, what, exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{What} failed unexpectedly")]
    private static partial void LogUnexpected(ILogger logger, string what, Exception exception);
}
