using System.Text.Json.Serialization;

namespace McpI2V.Providers.Runway;

/// <summary>A task as Runway tells of it (@runwayml/sdk 4.20.1, tasks.d.ts).</summary>
internal sealed record RunwayTask
{
    public string? Id { get; init; }

    /// <summary>PENDING, THROTTLED, RUNNING, SUCCEEDED, FAILED, CANCELLED.</summary>
    public string? Status { get; init; }

    public double? Progress { get; init; }

    public string[]? Output { get; init; }

    public string? Failure { get; init; }

    public string? FailureCode { get; init; }

    /// <summary>At the end: what was charged.</summary>
    public RunwayCredits? Cost { get; init; }
}

/// <summary>Credits; one is $0.01 (docs.dev.runwayml.com, pricing, 2026-11).</summary>
internal sealed record RunwayCredits(decimal Credits)
{
    [JsonIgnore]
    public decimal Usd => Credits / 100;
}
