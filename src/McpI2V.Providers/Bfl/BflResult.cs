using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace McpI2V.Providers.Bfl;

/// <summary>A request as Black Forest Labs tells of it (@ai-sdk/black-forest-labs 2.0.41; readings of its openapi.json, 2026-09).</summary>
internal sealed record BflResult
{
    private const decimal UsdOfCredit = 0.01m;

    /// <summary>
    /// Pending, Reasoning, Generating, Ready, Request Moderated, Content Moderated, Error, Failed, Task not found.
    /// </summary>
    public string? Status { get; init; }

    /// <summary>The same under the other name that it is seen under.</summary>
    public string? State { get; init; }

    /// <summary>0 to 1, where it is told.</summary>
    public JsonElement? Progress { get; init; }

    /// <summary>What was charged, in credits; null: it is not told.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Why it failed: a text, or an object; of what moderation stopped with a list of reasons.</summary>
    public JsonNode? Details { get; init; }

    public BflOutput? Result { get; init; }

    /// <summary>How it stands.</summary>
    public string Stands => Status ?? State ?? "";

    /// <summary>What was charged, in dollars; null: it is not told.</summary>
    public decimal? CostUsd => InUsd(Cost);

    /// <summary>How much is done, 0 to 1; null: nobody says.</summary>
    public double? Done => Progress is { ValueKind: JsonValueKind.Number } told && told.TryGetDouble(out var part) && part is >= 0 and <= 1
        ? part
        : null;

    /// <summary>Credits in dollars; null: there is no such number.</summary>
    public static decimal? InUsd(decimal? credits) => credits >= 0 ? decimal.Round(credits.Value * UsdOfCredit, 6) : null;
}

/// <summary>What was made: one address, or a list of them.</summary>
internal sealed record BflOutput
{
    public string? Sample { get; init; }

    public string?[]? Samples { get; init; }

    public long? Seed { get; init; }

    /// <summary>Every address, in order.</summary>
    public IEnumerable<string?> Addresses => Sample is null ? Samples ?? [] : [Sample];
}

[JsonSerializable(typeof(BflResult))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class BflJson : JsonSerializerContext;
