using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Replicate;

/// <summary>A prediction as Replicate tells of it (`replicate` 1.4.0, index.d.ts; lifecycle page, 2026-11).</summary>
internal sealed partial record ReplicatePrediction
{
    private const int Newest = 2000;

    /// <summary>starting, processing, succeeded, failed, canceled, aborted.</summary>
    public string? Status { get; init; }

    /// <summary>What it made: an address, a list of them, or an object.</summary>
    public JsonNode? Output { get; init; }

    /// <summary>Why it failed; any shape.</summary>
    public JsonNode? Error { get; init; }

    /// <summary>What the model printed.</summary>
    public string? Logs { get; init; }

    /// <summary>True an hour after the end: input, output and logs are erased.</summary>
    public bool? DataRemoved { get; init; }

    /// <summary>When it began; null: it has not.</summary>
    public string? StartedAt { get; init; }

    public ReplicateMetrics? Metrics { get; init; }

    /// <summary>What many models print while they work, 0 to 1; null: nothing like it.</summary>
    public double? Progress => Logs is { Length: > 0 } logs
        && Percent().Match(logs[^Math.Min(logs.Length, Newest)..]) is { Success: true } found
        ? int.Parse(found.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture) / 100.0
        : null;

    /// <summary>Reads an answer.</summary>
    public static ReplicatePrediction Read(ProviderAnswer answer) =>
        answer.Read(PredictionJson.Default.ReplicatePrediction, "replicate") ?? new();

    // The last one counts.
    [GeneratedRegex(@"\b(\d{1,2}|100)%\s*\|", RegexOptions.RightToLeft)]
    private static partial Regex Percent();
}

/// <summary>How long it took.</summary>
internal sealed record ReplicateMetrics(double? PredictTime);

[JsonSerializable(typeof(ReplicatePrediction))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class PredictionJson : JsonSerializerContext;
