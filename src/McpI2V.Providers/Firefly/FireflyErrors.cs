using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>
/// What Firefly's statuses and codes mean; bodies are <c>{error_code, message, validation_errors}</c> (Adobe's OpenAPI of the Generate
/// Video API 1.0.0). Whether operations are counted for a job that failed is not published.
/// </summary>
internal sealed class FireflyErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "firefly";
    private const int Canceled = 499;
    private static readonly string[] Ends = ["failed", "canceled", "cancelled", "timeout"];

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = Words(answer.Json);
        return IsRefusal(answer) ? Refused(words, Acceptance.No) : answer.Status switch
        {
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new(
                ErrorCode.ProviderFailed,
                $"firefly refused the inputs: \"{words}\"",
                Acceptance.No),
            HttpStatusCode.Unauthorized => new(
                ErrorCode.ProviderAuth,
                $"firefly does not accept the token that Adobe gave for {keyVariable}: \"{words}\". Check that the credential has the " +
                    "Firefly API, and start the server again",
                Acceptance.No),
            HttpStatusCode.Forbidden => new(
                ErrorCode.ProviderAuth,
                $"the organization of {keyVariable} may not do this at firefly, or has no operations left: \"{words}\". Firefly Services " +
                    "is sold by contract: ask its administrator",
                Acceptance.No),
            // Both are said of what had been taken: it ran out of time, or was given up.
            HttpStatusCode.Gone or (HttpStatusCode)Canceled => new(
                ErrorCode.ProviderFailed,
                $"firefly answered {(int)answer.Status}: \"{words}\"",
                Acceptance.Unknown),
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>An answer to an order: what is not found there is the API itself.</summary>
    public ProviderException? JudgeOrder(ProviderAnswer answer) => answer.Status == HttpStatusCode.NotFound
        ? new(
            ErrorCode.UnsupportedByModel,
            $"firefly has no Generate Video API for this organization: \"{Words(answer.Json)}\". Its contract must include it",
            Acceptance.No)
        : Judge(answer);

    /// <summary>An answer to a look; null also for one that tells how the job ended.</summary>
    public ProviderException? JudgeLook(ProviderAnswer answer) => EndOf(answer) is null ? Judge(answer) : null;

    /// <summary>An answer to a cancel: nothing has to be in it, and a job that has ended is told by a conflict.</summary>
    public ProviderException? JudgeCancel(ProviderAnswer answer) =>
        answer.IsSuccess || answer.Status is HttpStatusCode.Conflict or HttpStatusCode.Gone ? null : Judge(answer);

    /// <summary>
    /// How a job ended without a result: by its own word, or by the status that it failed with, for a look may be answered with that. Null:
    /// nothing is told.
    /// </summary>
    public static string? EndOf(ProviderAnswer answer)
    {
        var told = answer.Json?["status"]?.ToString().ToLowerInvariant();
        return Ends.Contains(told) && (answer.IsSuccess || answer.Json?["jobId"] is not null)
            ? told
            : ((int)answer.Status, CodeOf(answer.Json)) switch
            {
                (Canceled, _) => "canceled",
                (410, "job_timeout") => "timeout",
                (422 or 451, _) => "failed",
                _ => null,
            };
    }

    /// <summary>Why a job failed.</summary>
    /// <param name="answer">The answer that tells it.</param>
    /// <param name="isLate">True where it took too long.</param>
    public ProviderException OfJob(ProviderAnswer answer, bool isLate)
    {
        var words = Words(answer.Json);
        return IsRefusal(answer)
            ? Refused(words, Acceptance.Yes)
            : CodeOf(answer.Json) is "input_media_indecipherable" or "validation_error" or "bad_request"
            ? new(ErrorCode.ProviderRefused, $"firefly refused an input: \"{words}\"", Acceptance.Yes)
            : new(
                ErrorCode.ProviderFailed,
                isLate ? $"firefly ran out of time for it: \"{words}\"" : $"firefly could not make it: \"{words}\"",
                Acceptance.Yes);
    }

    private static ProviderException Refused(string words, Acceptance acceptance) => new(
        ErrorCode.ProviderRefused,
        $"firefly's check of content and rights refused it: \"{words}\". Change the prompt or the picture",
        acceptance) { MayFallBack = false };

    private static bool IsRefusal(ProviderAnswer answer) => answer.Status == HttpStatusCode.UnavailableForLegalReasons
        || CodeOf(answer.Json)?.Contains("unsafe", StringComparison.OrdinalIgnoreCase) == true;

    private static string? CodeOf(JsonObject? body) => body?["error_code"]?.ToString();

    // Never the stack trace that some answers carry.
    private string Words(JsonObject? body)
    {
        var faults = (body?["validation_errors"] as JsonArray ?? []).OfType<JsonObject>().Select(Fault);
        var said = $"{CodeOf(body)}: {body?["message"]}".Trim(' ', ':');
        return http.Safe(string.Join("; ", faults.Prepend(said).Where(w => w.Length > 0)));
    }

    private static string Fault(JsonObject fault) =>
        $"{string.Join('.', (fault["loc"] as JsonArray ?? []).Select(l => l?.ToString()))}: {fault["msg"]}".Trim(' ', ':');
}
