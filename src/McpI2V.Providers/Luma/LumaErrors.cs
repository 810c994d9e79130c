using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Luma;

/// <summary>What Luma's statuses, bodies and failure codes mean (docs.agents.lumalabs.ai, error handling, 2026-11).</summary>
internal sealed class LumaErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "luma";

    /// <summary>An answer to a request of ours; null if it is good. Bodies: <c>{"detail": text}</c>.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = http.Safe(answer.Json?["detail"]?.ToString());
        return answer.Status switch
        {
            // Also for a model that exists and that the account may not use.
            HttpStatusCode.BadRequest when words.StartsWith("Unknown model", StringComparison.OrdinalIgnoreCase) => new(
                ErrorCode.UnsupportedByModel,
                $"luma does not have the model for this account: \"{words}\"",
                Acceptance.No),
            HttpStatusCode.Forbidden => new(
                ErrorCode.ProviderAuth,
                $"luma has closed the account of this key: \"{words}\". Ask Luma's support, or set {keyVariable} to another account's key",
                Acceptance.No),
            // 502 and 503 are told to be sent again; nothing says that the request before was not taken, so they prove nothing here.
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a generation failed. Nowhere is a charge named for one that failed.</summary>
    public ProviderException OfGeneration(LumaGeneration failed)
    {
        var words = http.Safe($"{failed.FailureCode} {failed.FailureReason}".Trim());
        return failed.FailureCode switch
        {
            "content_moderated" => new(
                ErrorCode.ProviderRefused,
                $"luma's safety check refused it: \"{words}\". Change the prompt or the picture",
                Acceptance.Yes) { MayFallBack = false },
            "budget_exhausted" => new(
                ErrorCode.ProviderFailed,
                $"the account at luma ran out of funds before it was made: \"{words}\". Add funds there",
                Acceptance.Yes),
            "image_too_large" or "unsupported_format" or "corrupt_input" or "invalid_request" => new(
                ErrorCode.ProviderRefused,
                $"luma refused an input: \"{words}\"",
                Acceptance.Yes),
            _ => new(ErrorCode.ProviderFailed, $"luma could not make it: \"{words}\"", Acceptance.Yes),
        };
    }
}
