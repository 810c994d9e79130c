using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpI2V.Providers.Vidu;

/// <summary>A task as Vidu tells of it (contract sheet of 2026-11-21; a client whose authors read platform.vidu.com in 2026-10).</summary>
internal sealed record ViduTask
{
    private const decimal UsdOfCredit = 0.005m;

    /// <summary>created, queueing, processing, success, failed.</summary>
    public string? State { get; init; }

    /// <summary>Why it failed.</summary>
    public string? ErrCode { get; init; }

    /// <summary>Its price in credits.</summary>
    public decimal? Credits { get; init; }

    /// <summary>What was made.</summary>
    public ViduCreation?[]? Creations { get; init; }

    /// <summary>Its price in dollars; null: it is not told.</summary>
    public decimal? CostUsd => InUsd(Credits);

    /// <summary>Credits in dollars; null: there is no such number.</summary>
    public static decimal? InUsd(decimal? credits) => credits >= 0 ? decimal.Round(credits.Value * UsdOfCredit, 6) : null;

    /// <summary>The id of a task, by either of the names that it has; null: none is told.</summary>
    public static string? IdOf(JsonObject task) => new[] { "task_id", "id" }
        .Select(n => task[n]?.ToString())
        .FirstOrDefault(id => !string.IsNullOrEmpty(id));
}

/// <summary>One result, without a watermark.</summary>
internal sealed record ViduCreation(string? Url);

/// <summary>What an account has left.</summary>
internal sealed record ViduAccount(ViduPackage?[]? Remains);

/// <summary>A package of credits.</summary>
internal sealed record ViduPackage(decimal? CreditRemain);

[JsonSerializable(typeof(ViduTask))]
[JsonSerializable(typeof(ViduAccount))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class ViduJson : JsonSerializerContext;
