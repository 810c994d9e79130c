using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// What Hedra's codes mean; they count, its statuses do not say more (OpenAPI document 3.9.0, ErrorEnvelope). Bodies:
/// <c>{"error": {code, message, details, replaced_by, retry_after, billing}}</c>; a failed job has the same in it.
/// </summary>
internal sealed class HedraErrors(ProviderHttp http, ProviderOptions options, TimeProvider time)
{
    private const string Name = "hedra";
    private const int MostDetails = 4;
    private const int LongestId = 80;

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var error = answer.Json?["error"] as JsonObject;
        var words = http.Safe(Words(error));
        return error?["code"]?.ToString() switch
        {
            "INVALID_ARGUMENT" => new(
                ErrorCode.UnsupportedByModel,
                $"hedra does not take this request: \"{words}\"",
                Acceptance.No),
            "FAILED_PRECONDITION" => new(ErrorCode.ProviderFailed, $"hedra can't do this: \"{words}\"", Acceptance.No),
            "MODERATION_FAILED" => Refused(words, Acceptance.No),
            "GONE" => new(
                ErrorCode.UnsupportedByModel,
                $"hedra has retired the model: \"{words}\"{Successor(error["replaced_by"])}",
                Acceptance.No),
            "INSUFFICIENT_BALANCE" => new(
                ErrorCode.ProviderAuth,
                $"hedra's API wallet has too little in it: \"{words}\". It is apart from Studio's credits; add to it at " +
                    "hedra.com/develop/billing",
                Acceptance.No),
            "UNAUTHORIZED" when options.ApiKey?.Reveal().Contains(':', StringComparison.Ordinal) == false => new(
                ErrorCode.ProviderAuth,
                $"hedra does not accept the key: \"{words}\". Keys of its API v3 are key_id:secret, and {options.KeyVariable} has no " +
                    "colon in it: it may be one of the older API. Make a new one at hedra.com/develop/api-keys",
                Acceptance.No),
            "RESOURCE_EXHAUSTED" => new(ErrorCode.ProviderRateLimited, $"hedra takes no more requests for now: \"{words}\"", Acceptance.No)
            {
                IsPassing = true,
                RetryAfter = HttpFaults.RetryAfter(answer, time.GetUtcNow()) ?? Pause(error["retry_after"]),
            },
            _ => HttpFaults.Of(Name, options.KeyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a job, or one of its results, failed.</summary>
    public ProviderException OfJob(HedraFault? fault)
    {
        var words = http.Safe(fault?.Message ?? fault?.Code ?? "it does not say why");
        return fault?.Code switch
        {
            "MODERATION_FAILED" => Refused(words, Acceptance.Yes),
            "INVALID_ARGUMENT" or "FAILED_PRECONDITION" => new(
                ErrorCode.ProviderRefused,
                $"hedra refused an input: \"{words}\"",
                Acceptance.Yes),
            _ => new(ErrorCode.ProviderFailed, $"hedra could not make it: \"{words}\"", Acceptance.Yes),
        };
    }

    private static ProviderException Refused(string words, Acceptance acceptance) => new(
        ErrorCode.ProviderRefused,
        $"hedra's safety check refused it: \"{words}\". Change the prompt, the picture or the sound",
        acceptance) { MayFallBack = false };

    // Every field that is wrong says so in a message of its own.
    private static string Words(JsonObject? error)
    {
        var details = (error?["details"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Select(d => d["message"]?.ToString())
            .OfType<string>()
            .Distinct()
            .Take(MostDetails)
            .ToList();
        return details.Count > 0 ? string.Join("; ", details) : (error?["message"] ?? error?["code"])?.ToString() ?? "";
    }

    private static string Successor(JsonNode? id) =>
        id?.ToString() is { Length: > 0 } named ? $". Its successor is hedra:{ForeignText.Line(named, LongestId)}" : "";

    private static TimeSpan? Pause(JsonNode? seconds) =>
        seconds is JsonValue value && value.GetValueKind() == JsonValueKind.Number && value.TryGetValue<double>(out var number)
            ? HttpFaults.Believable(number)
            : null;
}
