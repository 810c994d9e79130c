using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Replicate;

/// <summary>What Replicate's statuses, bodies and codes mean. Bodies: <c>{"detail": text, "status": number, "title": text}</c>.</summary>
internal sealed partial class ReplicateErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "replicate";

    // A refused prompt or picture; E005 is its older number.
    private static readonly string[] OfSafety = ["flagged as sensitive", "E005", "NSFW", "content policy", "safety", "moderat"];

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = http.Safe((answer.Json?["detail"] ?? answer.Json?["title"])?.ToString());
        return answer.Status switch
        {
            HttpStatusCode.UnprocessableEntity => new(
                ErrorCode.ProviderFailed,
                $"replicate refused the inputs: \"{words}\"",
                Acceptance.No),
            HttpStatusCode.TooManyRequests => new(
                ErrorCode.ProviderRateLimited,
                $"replicate takes no more requests for now: \"{words}\"",
                Acceptance.No) { IsPassing = true, RetryAfter = HttpFaults.RetryAfter(answer, time.GetUtcNow()) ?? InWords(words) },
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a prediction failed.</summary>
    public ProviderException OfPrediction(ReplicatePrediction failed)
    {
        var words = http.Safe(failed.Error is { } error && error.GetValueKind() == JsonValueKind.String ? error.ToString() : failed.Error?
            .ToJsonString());
        return OfSafety.Any(s => words.Contains(s, StringComparison.OrdinalIgnoreCase))
            ? new(
                ErrorCode.ProviderRefused,
                $"replicate's safety check refused it: \"{words}\". Change the prompt or the picture",
                Acceptance.Yes) { MayFallBack = false }
            : new(ErrorCode.ProviderFailed, $"replicate could not make it: \"{words}\"", Acceptance.Yes);
    }

    // "Your rate limit resets in ~30s."
    private static TimeSpan? InWords(string words) => Resets().Match(words) is { Success: true } found
        ? HttpFaults.Believable(double.Parse(found.Groups[1].ValueSpan, CultureInfo.InvariantCulture))
        : null;

    [GeneratedRegex(@"resets in ~?(\d{1,6})\s*s")]
    private static partial Regex Resets();
}
