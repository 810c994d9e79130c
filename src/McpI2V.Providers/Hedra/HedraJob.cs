using System.Text.Json.Serialization;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Hedra;

/// <summary>A job as Hedra tells of it, in short or whole (OpenAPI document 3.9.0: StatusResponse, ResultResponse).</summary>
internal sealed record HedraJob
{
    private const decimal MostUsd = 10_000;

    /// <summary>IN_QUEUE, IN_PROGRESS, COMPLETED, FAILED.</summary>
    public string? Status { get; init; }

    /// <summary>0 to 1; null: it does not say.</summary>
    public double? Progress { get; init; }

    /// <summary>The prompt that it ran with.</summary>
    public string? Prompt { get; init; }

    /// <summary>What it made, each with a state of its own.</summary>
    public HedraOutput?[]? Outputs { get; init; }

    /// <summary>Why it failed.</summary>
    public HedraFault? Error { get; init; }

    /// <summary>What was charged, without what was given back; null: nothing was charged so far.</summary>
    public decimal? Cost { get; init; }

    /// <summary>What was charged, if that can be believed.</summary>
    [JsonIgnore]
    public decimal? CostUsd => Cost is >= 0 and <= MostUsd ? Cost : null;

    /// <summary>Reads an answer.</summary>
    public static HedraJob Read(ProviderAnswer answer) => answer.Read(HedraJson.Default.HedraJob, "hedra") ?? new();
}

/// <summary>One result.</summary>
/// <param name="Status">COMPLETED, FAILED (in a job that is otherwise done), EXPIRED.</param>
/// <param name="Url">Where it is, signed anew at each look; null once it has expired.</param>
/// <param name="Error">Why it failed.</param>
internal sealed record HedraOutput(string? Status, string? Url, HedraFault? Error);

/// <summary>What went wrong, in the form that every error has.</summary>
/// <param name="Code">What counts: a word of Hedra's list.</param>
/// <param name="Message">The same for people.</param>
internal sealed record HedraFault(string? Code, string? Message);

[JsonSerializable(typeof(HedraJob))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HedraJson : JsonSerializerContext;
