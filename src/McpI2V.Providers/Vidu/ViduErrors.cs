using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vidu;

/// <summary>
/// What Vidu's codes mean (platform.vidu.com, error codes; contract sheet of 2026-11-21). Bodies have the code as <c>err_code</c>,
/// <c>reason</c> or <c>code</c>, and a <c>message</c>; a task that failed has its <c>err_code</c> alone.
/// </summary>
internal sealed class ViduErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "vidu";

    private static readonly HashSet<string> Refusals =
        ["TaskPromptPolicyViolation", "CreationPolicyViolation", "AuditSubmitIllegal", "PhotoAuditNotPass", "AuditFailed"];

    private static readonly HashSet<string> OfInputs =
    [
        "BadRequest", "FieldLacking", "FieldUnwanted", "FieldInvalid", "FieldItemCountOutOfRange", "PageSizeOutOfRange",
        "ImageDownloadFailure", "ImageFormatInvalid", "ImageSizeInvalid", "ImageCheckBodyJointsFailed", "ImageCheckFaceFailed",
        "ImageObjectsUndetected", "FaceDetectFailure", "FaceDetectNotPass", "NoFaceDetected", "MultiFaceDetected",
    ];

    private static readonly HashSet<string> Passing = ["TooManyRequests", "OperationInProcess", "QuotaExceeded", "SystemThrottling"];

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Body.Length > 0 && answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var code = CodeOf(answer.Json);
        var words = Words(code, answer.Json?["message"]?.ToString());
        if (!HttpFaults.Proves(answer))
        {
            return HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow());
        }
        if (Passing.Contains(code))
        {
            return new(ErrorCode.ProviderRateLimited, $"vidu takes no more requests for now: \"{words}\"", Acceptance.No)
            {
                IsPassing = true,
                RetryAfter = HttpFaults.RetryAfter(answer, time.GetUtcNow()),
            };
        }
        return Known(answer.Status == HttpStatusCode.Unauthorized ? "Unauthorized" : code, words, Acceptance.No)
            ?? HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow());
    }

    /// <summary>Why a task failed. Nowhere is a charge named for one that failed.</summary>
    public ProviderException OfFailure(ViduTask failed)
    {
        var words = Words(failed.ErrCode ?? "", null);
        return Known(failed.ErrCode ?? "", words, Acceptance.Yes)
            ?? new(ErrorCode.ProviderFailed, $"vidu could not make it: \"{words}\"", Acceptance.Yes);
    }

    private ProviderException? Known(string code, string words, Acceptance acceptance) => code switch
    {
        _ when Refusals.Contains(code) => new(
            ErrorCode.ProviderRefused,
            $"vidu's safety check refused it: \"{words}\". Change the prompt or the picture",
            acceptance) { MayFallBack = false },
        _ when OfInputs.Contains(code) => new(ErrorCode.ProviderRefused, $"vidu refused an input: \"{words}\"", acceptance),
        "CreditInsufficient" => new(
            ErrorCode.ProviderAuth,
            $"the account at vidu has too few credits left: \"{words}\". Add some at platform.vidu.com",
            acceptance),
        "ModelUnavailable" => new(
            ErrorCode.UnsupportedByModel,
            $"vidu does not have the model, or not any more: \"{words}\"",
            acceptance),
        "Unauthorized" => new(
            ErrorCode.ProviderAuth,
            $"vidu does not accept the key: \"{words}\". A key belongs to one of its two sites: if this one is of platform.vidu.cn, set " +
                $"I2V__Providers__Vidu__BaseUrl=https://api.vidu.cn; else set {keyVariable} to a valid key. Then start the server again",
            acceptance),
        _ => null,
    };

    // The code of HTTP stands under some of these names.
    private static string CodeOf(JsonObject? body) => new[] { "err_code", "reason", "code" }
        .Select(n => body?[n]?.ToString() ?? "")
        .FirstOrDefault(c => c.Any(char.IsAsciiLetter)) ?? "";

    private string Words(string code, string? message) => http.Safe($"{code}: {message}".Trim(' ', ':'));
}
