using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>
/// What fal's statuses and bodies mean. Bodies: <c>{"detail": text | [{loc, msg, type}]}</c> (@fal-ai/client 1.10.1, response.js).
/// </summary>
internal sealed class FalErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "fal";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var (words, type) = Detail(answer);
        if (answer.Status == HttpStatusCode.UnprocessableEntity || type is not null)
        {
            return Refused(words, type) ?? HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow());
        }
        return answer.Status == HttpStatusCode.Forbidden && words.Contains("balance", StringComparison.OrdinalIgnoreCase)
            ? new ProviderException(
                ErrorCode.ProviderAuth,
                $"fal says that the account has no credit left: \"{words}\". Add credit at fal.ai",
                Acceptance.No)
            : HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow());
    }

    /// <summary>
    /// A finished run's result: a status that is no success is how fal says that it failed; it bills nothing then. A 5xx may
    /// also be fal's door: the same question is asked again before it is believed.
    /// </summary>
    public ProviderException? JudgeResult(ProviderAnswer answer) =>
        answer.IsSuccess
            || !SaysWhy(answer)
            || answer.Status is HttpStatusCode.Unauthorized or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            ? Judge(answer)
            : null;

    /// <summary>True if an answer tells why a run failed.</summary>
    public static bool SaysWhy(ProviderAnswer? answer) => answer?.Json?["detail"] is not null;

    /// <summary>Why a run failed.</summary>
    public ProviderException OfRun(ProviderAnswer answer)
    {
        var (words, type) = Detail(answer);
        return Refused(words, type)
            ?? new ProviderException(
                ErrorCode.ProviderFailed,
                $"fal could not make it ({(int)answer.Status}): \"{words}\"",
                Acceptance.Yes);
    }

    private static ProviderException? Refused(string words, string? type) => type switch
    {
        "content_policy_violation" or "partner_validation_error" => new(
            ErrorCode.ProviderRefused,
            $"fal's safety check refused it: \"{words}\". Change the prompt or the picture",
            Acceptance.No) { MayFallBack = false },
        "image_too_small" or "image_too_large" or "image_load_error" or "file_download_error" or "file_too_large"
        or "video_duration_too_long" => new(ErrorCode.ProviderRefused, $"fal refused an input: \"{words}\"", Acceptance.No),
        null => null,
        _ => new(ErrorCode.ProviderFailed, $"fal refused the request: \"{words}\"", Acceptance.No),
    };

    private (string Words, string? Type) Detail(ProviderAnswer answer)
    {
        if (answer.Json?["detail"] is JsonArray { Count: > 0 } list && list[0] is JsonObject first)
        {
            var place = first["loc"] is JsonArray path ? string.Join('.', path.Select(p => p?.ToString()).Where(p => p != "body")) : "";
            return (http.Safe($"{(place.Length > 0 ? place + ": " : "")}{first["msg"]}"), first["type"]?.ToString());
        }
        var words = answer.Json?["detail"]?.ToString() ?? answer.Json?["message"]?.ToString() ?? "";
        return (http.Safe(words), answer.Header("x-fal-error-type") is { } type && (int)answer.Status < 500 ? type : null);
    }
}
