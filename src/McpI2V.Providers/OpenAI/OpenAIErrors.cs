using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>
/// What OpenAI-shaped statuses and bodies mean: <c>{"error": {message, type, param, code}}</c>, where a self-hosted server may write the
/// code as a number or the error as a text.
/// </summary>
internal sealed class OpenAIErrors(ProviderHttp http, string provider, string keyVariable, TimeProvider time)
{
    private static readonly string[] SafetyCodes =
    [
        "moderation_blocked",
        "content_policy_violation",
        "image_content_policy_violation",
        "sentinel_block",
    ];

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Body.Length > 0 && answer.Json is null ? HttpFaults.NotJson(provider, answer) : null;
        }
        var (words, code) = Of(answer.Json?["error"] ?? answer.Json?["detail"] ?? answer.Json?["message"]);
        var plain = HttpFaults.Of(provider, keyVariable, answer, words, time.GetUtcNow())!;
        if (IsSafety(words, code))
        {
            return Refused(words, Acceptance.No);
        }
        if (code is "insufficient_quota" or "billing_hard_limit_reached")
        {
            return new ProviderException(
                ErrorCode.ProviderAuth,
                $"{provider} says that the account has no credit left: \"{words}\". Add credit there",
                Acceptance.No);
        }
        if (code == "model_not_found")
        {
            return new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"{provider} does not have the model any more: \"{words}\"",
                Acceptance.No);
        }
        // The server says itself whether the same request may be sent again.
        var again = answer.Header("x-should-retry");
        return again == "false" && answer.Status is HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable
            ? new ProviderException(plain.Code, plain.Message, plain.Acceptance)
            : plain;
    }

    /// <summary>Why a video failed.</summary>
    public ProviderException OfVideo(JsonNode? error)
    {
        var (words, code) = Of(error);
        return IsSafety(words, code)
            ? Refused(words, Acceptance.Yes)
            : new ProviderException(ErrorCode.ProviderFailed, $"{provider} could not make it: \"{words}\"", Acceptance.Yes);
    }

    private ProviderException Refused(string words, Acceptance acceptance) =>
        new(ErrorCode.ProviderRefused, $"{provider}'s safety check refused it: \"{words}\". Change the prompt or the picture", acceptance)
        {
            MayFallBack = false,
        };

    private static bool IsSafety(string words, string? code) =>
        SafetyCodes.Contains(code) || words.Contains("safety system", StringComparison.OrdinalIgnoreCase);

    private (string Words, string? Code) Of(JsonNode? error) => error switch
    {
        JsonObject said => (http.Safe(said["message"]?.ToString()), said["code"]?.ToString()),
        null => ("", null),
        _ => (http.Safe(error.ToString()), null),
    };
}
