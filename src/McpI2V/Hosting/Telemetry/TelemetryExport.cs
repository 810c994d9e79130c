using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace McpI2V.Hosting.Telemetry;

/// <summary>
/// Sends traces, metrics and logs over OTLP by OpenTelemetry's SDK, which reads protocol, headers, sampling, intervals and resource from
/// its standard variables.
/// </summary>
internal sealed class TelemetryExport(LibraryGauges gauges) : IHostedService, IDisposable
{
    private TracerProvider? traces;
    private MeterProvider? metrics;

    /// <summary>Begins to send traces and metrics.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        gauges.Begin();
        traces = TelemetryVariables.Traces
            ? Sdk.CreateTracerProviderBuilder().ConfigureResource(Describe).AddSource("McpI2V.*").AddOtlpExporter().Build()
            : null;
        metrics = TelemetryVariables.Metrics
            ? Sdk.CreateMeterProviderBuilder().ConfigureResource(Describe).AddMeter("McpI2V.*").AddOtlpExporter().Build()
            : null;
        return Task.CompletedTask;
    }

    /// <summary>What is left is sent at the very end, when everything else has stopped.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Sends logs.</summary>
    public static ILoggingBuilder AddTo(ILoggingBuilder logging) => logging.AddOpenTelemetry(options =>
    {
        var resource = ResourceBuilder.CreateDefault();
        Describe(resource);
        options.SetResourceBuilder(resource);
        options.AddOtlpExporter();
    });

    /// <summary>Sends what is left, and ends.</summary>
    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    // The standard's own variables win: OTEL_SERVICE_NAME, OTEL_RESOURCE_ATTRIBUTES.
    private static void Describe(ResourceBuilder resource) =>
        resource
            .AddService("mcp-i2v", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version!.ToString(3))
            .AddEnvironmentVariableDetector();
}
