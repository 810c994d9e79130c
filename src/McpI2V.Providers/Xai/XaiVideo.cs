using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>A clip's request as xAI tells of it (@ai-sdk/xai 5.0.12; xai-sdk-python 1.19.0).</summary>
internal sealed record XaiVideo
{
    private const decimal TicksOfADollar = 10_000_000_000;

    /// <summary>pending, done, failed, expired; an answer with an address and without this is done.</summary>
    public string? Status { get; init; }

    /// <summary>0 to 100.</summary>
    public double? Progress { get; init; }

    public XaiClip? Video { get; init; }

    public XaiUsage? Usage { get; init; }

    public XaiFailure? Error { get; init; }

    /// <summary>What was charged, in dollars; null: it is not told.</summary>
    public decimal? CostUsd => OfTicks(Usage?.CostInUsdTicks);

    /// <summary>A clip's request out of an answer. Of one that is at work there may be the status 202 and nothing.</summary>
    public static XaiVideo Read(ProviderAnswer answer) => answer.Json is null && IsAtWork(answer)
        ? new XaiVideo { Status = "pending" }
        : answer.Read(XaiJson.Default.XaiVideo, "xai") ?? throw HttpFaults.NotJson("xai", answer);

    /// <summary>True for the status that says that it is not done.</summary>
    public static bool IsAtWork(ProviderAnswer answer) => answer.Status == System.Net.HttpStatusCode.Accepted;

    /// <summary>What any answer says that was charged, in dollars; null: nothing.</summary>
    public static decimal? CostOf(JsonObject? answer) => answer?["usage"] is JsonObject usage
        && decimal.TryParse(
            usage["cost_in_usd_ticks"]?.ToString(),
            System.Globalization.NumberStyles.Float,
            System.Globalization.CultureInfo.InvariantCulture,
            out var ticks)
        ? OfTicks(ticks)
        : null;

    private static decimal? OfTicks(decimal? ticks) => ticks >= 0 ? decimal.Round(ticks.Value / TicksOfADollar, 6) : null;
}

/// <summary>What was made.</summary>
internal sealed record XaiClip
{
    /// <summary>An address that is good for a time that nobody tells.</summary>
    public string? Url { get; init; }

    /// <summary>False: moderation holds it back.</summary>
    public bool? RespectModeration { get; init; }

    /// <summary>Where the account's files have it; null: it was not to be kept, or could not be.</summary>
    public XaiStoredFile? FileOutput { get; init; }
}

/// <summary>A file of the account.</summary>
internal sealed record XaiStoredFile(string? FileId);

/// <summary>What a request used.</summary>
internal sealed record XaiUsage(decimal? CostInUsdTicks);

/// <summary>Why a clip was not made.</summary>
internal sealed record XaiFailure(string? Code, string? Message);

/// <summary>The account's files, in pages.</summary>
internal sealed record XaiFileList(XaiFile?[]? Data, string? PaginationToken);

/// <summary>One of them.</summary>
internal sealed record XaiFile(string? Id, string? Filename);

[JsonSerializable(typeof(XaiVideo))]
[JsonSerializable(typeof(XaiFileList))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
internal sealed partial class XaiJson : JsonSerializerContext;
