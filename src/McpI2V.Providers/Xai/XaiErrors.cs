using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Xai;

/// <summary>
/// What xAI's statuses and codes mean. Bodies are <c>{"code", "error"}</c> or <c>{"error": {message, type, param, code}}</c>
/// (@ai-sdk/xai 5.0.12). What its moderation refuses may be charged: the number that an answer tells is believed.
/// </summary>
internal sealed class XaiErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "xai";

    // The fee for a request that is against the usage guidelines (docs.x.ai, pricing).
    private const decimal FeeUsd = 0.05m;
    private static readonly string[] Moderation = ["moderat", "content policy", "usage guideline", "safety"];

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            // The body of an answer that is the result is in its file.
            return answer.Body.Length > 0 && answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = WordsOf(answer.Json);
        return answer.Status switch
        {
            // xAI has answered 400 to a wrong key.
            HttpStatusCode.BadRequest when Says(words, "api key") => new(
                ErrorCode.ProviderAuth,
                $"xai does not accept the key: \"{words}\". Set {keyVariable} to a valid key and start the server again",
                Acceptance.No),
            // It is no limit that heals by waiting.
            HttpStatusCode.TooManyRequests or HttpStatusCode.Forbidden when Says(words, "credits", "spending limit") => new(
                ErrorCode.ProviderAuth,
                $"the account at xai has no credit left, or is at its limit: \"{words}\". Add credit at console.x.ai, or raise the limit",
                Acceptance.No),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity when Says(words, "failed_precondition") =>
                new(ErrorCode.UnsupportedByModel, $"xai's model does not do that: \"{words}\"", Acceptance.No),
            HttpStatusCode.BadRequest or HttpStatusCode.NotFound when Says(words, "model") && Says(words, "not exist", "not found") => new(
                ErrorCode.UnsupportedByModel,
                $"xai does not have the model, or not for this account: \"{words}\"",
                Acceptance.No),
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>An answer to the request that costs: a refusal by moderation has a fee.</summary>
    public ProviderException? JudgeOrder(ProviderAnswer answer)
    {
        var words = WordsOf(answer.Json);
        return !answer.IsSuccess && HttpFaults.Proves(answer) && IsModeration(words)
            ? Refused(words, XaiVideo.CostOf(answer.Json) ?? FeeUsd, Acceptance.No)
            : Judge(answer);
    }

    /// <summary>A clip that was not made. Whether xAI charges for one that failed by itself is not told: what the answer says counts.
    /// </summary>
    public RemoteStatus OfFailure(XaiVideo failed)
    {
        var code = failed.Error?.Code ?? "";
        var words = http.Safe($"{code}: {failed.Error?.Message}".Trim(' ', ':'));
        if (IsModeration(words))
        {
            var cost = failed.CostUsd ?? FeeUsd;
            return RemoteStatus.Failed(Refused(words, cost, Acceptance.Yes), cost);
        }
        var fault = code switch
        {
            "invalid_argument" => new ProviderException(ErrorCode.ProviderRefused, $"xai refused an input: \"{words}\"", Acceptance.Yes),
            "failed_precondition" => new(ErrorCode.UnsupportedByModel, $"xai's model does not do that: \"{words}\"", Acceptance.Yes),
            "permission_denied" => new(
                ErrorCode.ProviderAuth,
                $"xai does not allow this to the account: \"{words}\". Check its rights at console.x.ai, or {keyVariable}",
                Acceptance.Yes),
            _ => new(ErrorCode.ProviderFailed, $"xai could not make it: \"{words}\"", Acceptance.Yes),
        };
        return RemoteStatus.Failed(fault, failed.CostUsd ?? 0);
    }

    /// <summary>A clip that was made and is held back: it is charged.</summary>
    public RemoteStatus OfModeration(XaiVideo made, GenerationOrder order) =>
        RemoteStatus.Failed(Moderated(), made.CostUsd ?? order.Model.Price.For(order.Settings));

    /// <summary>What was made is held back.</summary>
    public ProviderException Moderated() => new(
        ErrorCode.ProviderRefused,
        "xai's safety check holds back what was made, and xai charges for it all the same. Change the prompt or the picture",
        Acceptance.Yes) { MayFallBack = false };

    /// <summary>Why a key that is known can't be used; null if it can.</summary>
    public string? OfKey(ProviderAnswer answer)
    {
        var what = new[] { "api_key_blocked", "api_key_disabled", "team_blocked" }
            .FirstOrDefault(f => answer.Json?[f]?.ToString() == "true");
        return what is null
            ? null
            : $"xai knows the key and has closed it ({what}). Look at console.x.ai, or set {keyVariable} to another key";
    }

    private ProviderException Refused(string words, decimal fee, Acceptance acceptance) => new(
        ErrorCode.ProviderRefused,
        $"xai's safety check refused it: \"{words}\". xai charges ${fee.ToString("0.00####", CultureInfo.InvariantCulture)} for that. " +
            "Change the prompt or the picture",
        acceptance) { MayFallBack = false, FeeUsd = fee };

    private static bool IsModeration(string words) => Says(words, Moderation);

    private static bool Says(string words, params ReadOnlySpan<string> any)
    {
        foreach (var word in any)
        {
            if (words.Contains(word, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }
        return false;
    }

    private string WordsOf(JsonObject? body) => body?["error"] is JsonObject error
        ? http.Safe($"{error["code"]}: {error["message"]}".Trim(' ', ':'))
        : http.Safe($"{body?["code"]}: {body?["error"]}".Trim(' ', ':'));
}
