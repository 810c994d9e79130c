using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.GoogleApis;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Gemini;

/// <summary>
/// What Gemini's statuses and bodies mean; Interactions may write the code as a text and leave the status out.
/// </summary>
internal sealed class GeminiErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "gemini";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Body.Length > 0 && answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var error = GoogleFaults.ErrorOf(answer);
        var words = http.Safe(error?["message"]?.ToString());
        var plain = HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow());
        return answer.Status switch
        {
            // A wrong key is answered with 400 INVALID_ARGUMENT and the reason API_KEY_INVALID.
            HttpStatusCode.BadRequest when GoogleFaults.Reason(error) == "API_KEY_INVALID"
                || words.Contains("API key", StringComparison.OrdinalIgnoreCase) =>
                new(
                    ErrorCode.ProviderAuth,
                    $"gemini does not accept the key: \"{words}\". Set {keyVariable} to a valid key and start the server again",
                    Acceptance.No),
            HttpStatusCode.BadRequest when GoogleFaults.IsSafety(words) => Refused(words, Acceptance.No),
            HttpStatusCode.BadRequest when words.Contains("billing", StringComparison.OrdinalIgnoreCase)
                || words.Contains("location", StringComparison.OrdinalIgnoreCase) =>
                new(ErrorCode.ProviderAuth, $"gemini does not serve this account here: \"{words}\"", Acceptance.No),
            HttpStatusCode.TooManyRequests when words.Contains("per day", StringComparison.OrdinalIgnoreCase) => new(
                ErrorCode.ProviderRateLimited,
                $"gemini's limit for the day is reached: \"{words}\"",
                Acceptance.No),
            HttpStatusCode.TooManyRequests => new(plain!.Code, plain.Message, plain.Acceptance)
            {
                IsPassing = true,
                RetryAfter = GoogleFaults.RetryDelay(error) ?? plain.RetryAfter,
            },
            _ => plain,
        };
    }

    /// <summary>A refusal by Google's safety check.</summary>
    public static ProviderException Refused(string reason, Acceptance acceptance) =>
        new(ErrorCode.ProviderRefused, $"gemini's safety check refused it: \"{reason}\". Change the prompt or the picture", acceptance)
        {
            MayFallBack = false,
        };

    /// <summary>An interaction that failed.</summary>
    public ProviderException OfInteraction(string? code, string? message)
    {
        var words = http.Safe($"{code} {message}".Trim());
        return GoogleFaults.IsSafety(words)
            ? Refused(words, Acceptance.Yes)
            : new(ErrorCode.ProviderFailed, $"gemini could not make it: \"{words}\"", Acceptance.Yes);
    }
}
