using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.HeyGen;

/// <summary>
/// What HeyGen's codes mean (heygen-cli 2026-07, errors). Bodies: <c>{"error": {"code", "message", "param"}}</c>; a video that failed has
/// <c>failure_code</c> and <c>failure_message</c>.
/// </summary>
internal sealed class HeyGenErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "heygen";

    // No list of codes is published: these are what such refusals are called.
    private static readonly string[] OfSafety = ["moderat", "nsfw", "sensitive", "policy", "unsafe", "celebrity"];

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var error = answer.Json?["error"] as JsonObject;
        var code = error?["code"]?.ToString();
        var param = error?["param"]?.ToString() is { Length: > 0 } named ? $"{named}: " : "";
        var words = http.Safe(error is null ? answer.Json?["message"]?.ToString() : $"{param}{error["message"] ?? code}");
        return code switch
        {
            "insufficient_credit" => new(
                ErrorCode.ProviderAuth,
                $"heygen says that the account has no API credit left: \"{words}\". It is apart from the web plan; add some in its " +
                    "settings",
                Acceptance.No),
            "validation_error" or "invalid_parameter" when IsOfSafety(words) => Refused(words, Acceptance.No),
            "asset_not_available" => new(
                ErrorCode.ProviderFailed,
                $"heygen has an input no more: \"{words}\". It is uploaded again when it is asked for again",
                Acceptance.No),
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a video failed. Nowhere is a charge named for one that failed.</summary>
    public ProviderException OfVideo(HeyGenVideo failed)
    {
        var words = http.Safe($"{failed.FailureCode} {failed.FailureMessage}".Trim());
        return IsOfSafety(words)
            ? Refused(words, Acceptance.Yes)
            : new(ErrorCode.ProviderFailed, $"heygen could not make it: \"{words}\"", Acceptance.Yes);
    }

    private static bool IsOfSafety(string words) => OfSafety.Any(s => words.Contains(s, StringComparison.OrdinalIgnoreCase));

    private static ProviderException Refused(string words, Acceptance acceptance) => new(
        ErrorCode.ProviderRefused,
        $"heygen's safety check refused it: \"{words}\". Change the prompt, the picture or the sound",
        acceptance) { MayFallBack = false };
}
