using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Pika;

/// <summary>What Pika's statuses and codes mean. Bodies: <c>{"message": text}</c>; of a job <c>{"error": {"code", "message"}}</c>.
/// </summary>
internal sealed class PikaErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "pika";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = http.Safe(answer.Json?["message"]?.ToString());
        return answer.Status switch
        {
            HttpStatusCode.UnprocessableEntity => new(ErrorCode.ProviderFailed, $"pika refused the inputs: \"{words}\"", Acceptance.No),
            HttpStatusCode.RequestEntityTooLarge or HttpStatusCode.UnsupportedMediaType => new(
                ErrorCode.ProviderFailed,
                $"pika does not take this file: \"{words}\"",
                Acceptance.No),
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a job failed. Only what succeeds is charged (survey of 2026-09 that quotes the vendor).</summary>
    /// <param name="failed">The job.</param>
    /// <param name="acceptance">No for one that was answered as failed at once: it was never begun.</param>
    public ProviderException OfJob(PikaJob failed, Acceptance acceptance)
    {
        var words = http.Safe($"{failed.Error?.Code} {failed.Error?.Message}".Trim());
        return failed.Error?.Code switch
        {
            "content_moderation" => new(
                ErrorCode.ProviderRefused,
                $"pika's safety check refused it: \"{words}\". Change the prompt or the picture",
                acceptance) { MayFallBack = false },
            "invalid_input" => new(ErrorCode.ProviderRefused, $"pika refused an input: \"{words}\"", acceptance),
            "insufficient_balance" or "membership_required" or "cycle_limit_exceeded" or "usage_limit_exceeded" => new(
                ErrorCode.ProviderAuth,
                $"the account at pika may not spend this: \"{words}\". Add funds or raise its limit at dev.pika.art",
                acceptance),
            "rate_limited" => new(ErrorCode.ProviderRateLimited, $"pika takes no more requests for now: \"{words}\"", acceptance)
            {
                IsPassing = true,
            },
            "provider_unavailable" or "admission_suspended" => new(
                ErrorCode.ProviderFailed,
                $"the model's maker does not take requests from pika for now: \"{words}\"",
                acceptance) { IsPassing = true },
            _ => new(ErrorCode.ProviderFailed, $"pika could not make it: \"{words}\"", acceptance),
        };
    }
}
