using System.Collections;

namespace McpI2V.Hosting.Telemetry;

/// <summary>
/// Which signals OpenTelemetry's standard variables ask for (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_TRACES_EXPORTER</c>, ...). The
/// rest of them the SDK reads itself.
/// </summary>
internal static class TelemetryVariables
{
    /// <summary>True if traces are to be sent.</summary>
    public static bool Traces => IsOn("TRACES");

    /// <summary>True if metrics are to be sent.</summary>
    public static bool Metrics => IsOn("METRICS");

    /// <summary>True if logs are to be sent.</summary>
    public static bool Logs => IsOn("LOGS");

#pragma warning disable RS0030 // Not our settings: the standard's, beside those that its SDK reads.
    /// <summary>All of them as configuration, which is where the SDK looks for them in a host; none where nothing is to be sent.</summary>
    public static IEnumerable<KeyValuePair<string, string?>> Configuration => !Traces && !Metrics && !Logs
        ? []
        : Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(v => ((string)v.Key).StartsWith("OTEL_", StringComparison.Ordinal))
            .Select(v => KeyValuePair.Create((string)v.Key, (string?)v.Value));
#pragma warning restore RS0030

    private static bool IsOn(string signal)
    {
        if (Variable("OTEL_SDK_DISABLED") is "true")
        {
            return false;
        }
        return Variable($"OTEL_{signal}_EXPORTER") switch
        {
            "otlp" => true,
            null => Variable("OTEL_EXPORTER_OTLP_ENDPOINT") is not null || Variable($"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT") is not null,
            _ => false,
        };
    }

#pragma warning disable RS0030 // Not our settings: the standard's, beside those that its SDK reads.
    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name)?.Trim().ToLowerInvariant() is { Length: > 0 } value ? value : null;
#pragma warning restore RS0030
}
