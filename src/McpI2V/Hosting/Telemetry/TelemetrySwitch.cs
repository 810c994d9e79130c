using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace McpI2V.Hosting.Telemetry;

/// <summary>
/// Turns telemetry on where OpenTelemetry's standard variables ask for it; without them nothing of its SDK is even loaded.
/// </summary>
internal static class TelemetrySwitch
{
    /// <summary>Sends traces and metrics where somebody asked for them.</summary>
    public static IServiceCollection AddTelemetry(this IServiceCollection services) =>
        TelemetryVariables.Traces || TelemetryVariables.Metrics ? AddExport(services) : services;

    /// <summary>Sends logs where somebody asked for them.</summary>
    public static ILoggingBuilder AddTelemetry(this ILoggingBuilder logging) =>
        TelemetryVariables.Logs ? TelemetryExport.AddTo(logging) : logging;

    private static IServiceCollection AddExport(IServiceCollection services) =>
        services.AddSingleton<LibraryGauges>().AddHostedService<TelemetryExport>();
}
