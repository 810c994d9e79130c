using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Ark;

/// <summary>
/// What Ark's statuses and codes mean; bodies are <c>{"error": {code, message, param, type}}</c> (docs.byteplus.com, error codes). Only
/// what succeeds is billed; a refusal, of an input or of what was made, is free.
/// </summary>
internal sealed class ArkErrors(ProviderHttp http, ArkRegion region, string keyVariable, TimeProvider time)
{
    private const string Name = "ark";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Body.Length > 0 && answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var error = answer.Json?["error"];
        var code = error?["code"]?.ToString() ?? "";
        var words = Words(code, error?["message"]?.ToString());
        if (IsRefusal(code))
        {
            return Refused(code, words, Acceptance.No);
        }
        return (answer.Status, code.Split('.')[0]) switch
        {
            (HttpStatusCode.Unauthorized, _) => new(
                ErrorCode.ProviderAuth,
                $"ark does not accept the key at {region.Title}: \"{words}\". A key belongs to one of its two clouds: if this one is of " +
                    $"{region.Other.Title}, set I2V__Providers__Ark__Region={region.Other.Name}; else set {keyVariable} to a valid key. " +
                    "Then start the server again",
                Acceptance.No),
            (_, "AccountOverdueError") => new(
                ErrorCode.ProviderAuth,
                $"the account at {region.Title} has no money left: \"{words}\". Add funds there",
                Acceptance.No),
            (_, "ModelNotOpen") => new(
                ErrorCode.UnsupportedByModel,
                $"the model is not activated for this account: \"{words}\". Activate it in the console of {region.Title}, under models",
                Acceptance.No),
            (_, "InvalidEndpointOrModel" or "InvalidEndpoint") => new(
                ErrorCode.UnsupportedByModel,
                $"{region.Title} does not have the model, or not any more: \"{words}\"",
                Acceptance.No),
            // A quota does not heal by waiting.
            (HttpStatusCode.TooManyRequests, "QuotaExceeded" or "SetLimitExceeded") => new(
                ErrorCode.ProviderRateLimited,
                $"the account's quota at {region.Title} is used up: \"{words}\"",
                Acceptance.No),
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a task failed, or a picture that was asked for.</summary>
    public ProviderException OfFailure(string? code, string? message)
    {
        var words = Words(code ?? "", message);
        return IsRefusal(code ?? "")
            ? Refused(code!, words, Acceptance.Yes)
            : new(ErrorCode.ProviderFailed, $"ark could not make it: \"{words}\"", Acceptance.Yes);
    }

    private static bool IsRefusal(string code) =>
        code.Contains("SensitiveContent", StringComparison.Ordinal) || code.Contains("RiskDetection", StringComparison.Ordinal);

    private static ProviderException Refused(string code, string words, Acceptance acceptance) => new(
        ErrorCode.ProviderRefused,
        code.EndsWith("PrivacyInformation", StringComparison.Ordinal)
            ? $"ark takes no pictures that show a real person's face: \"{words}\". Use another picture, or a model of another maker"
            : $"ark's safety check refused it: \"{words}\". Change the prompt or the picture",
        acceptance) { MayFallBack = false };

    private string Words(string code, string? message) => http.Safe($"{code}: {message}".Trim(' ', ':'));
}
