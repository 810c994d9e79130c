using McpI2V.Protocol;
using McpI2V.Settings;
using Microsoft.Extensions.Logging;

namespace McpI2V.Telemetry;

/// <summary>Turns telemetry on where OpenTelemetry's standard variables ask for it; without them nothing of its SDK is even loaded.</summary>
internal static class TelemetrySwitch
{
    /// <summary>Begins to send traces and metrics; null where nobody asked for them.</summary>
    public static IDisposable? Start(ProgramRooms rooms) => TelemetryVariables.Traces || TelemetryVariables.Metrics ? TelemetryExport.Begin(rooms) : null;

    /// <summary>Sends logs where somebody asked for them.</summary>
    public static ILoggingBuilder AddTo(ILoggingBuilder logging) => TelemetryVariables.Logs ? TelemetryExport.AddTo(logging) : logging;
}
