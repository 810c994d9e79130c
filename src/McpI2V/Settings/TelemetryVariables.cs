namespace McpI2V.Settings;

/// <summary>Which signals OpenTelemetry's standard variables ask for (<c>OTEL_EXPORTER_OTLP_ENDPOINT</c>, <c>OTEL_TRACES_EXPORTER</c>, ...). The rest of them the SDK reads itself.</summary>
internal static class TelemetryVariables
{
    /// <summary>True if traces are to be sent.</summary>
    public static bool Traces => IsOn("TRACES");

    /// <summary>True if metrics are to be sent.</summary>
    public static bool Metrics => IsOn("METRICS");

    /// <summary>True if logs are to be sent.</summary>
    public static bool Logs => IsOn("LOGS");

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
    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name)?.Trim().ToLowerInvariant() is { Length: > 0 } value ? value : null;
#pragma warning restore RS0030
}
