using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// What ElevenLabs' statuses and bodies mean: <c>{"detail": {code, message, ...}}</c> with the older <c>status</c> in place of
/// <c>code</c>, or the list of faults that 422 brings (elevenlabs.io docs, errors, read 2026-09-17).
/// </summary>
internal sealed class ElevenLabsErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "elevenlabs";
    private static readonly string[] NoCredit = ["insufficient_credits", "quota_exceeded"];
    private static readonly string[] NoModel = ["unsupported_model", "model_not_found", "model_access_denied", "feature_not_available",
        "subscription_required"];

    private static readonly string[] NoVoice = ["voice_not_found", "voice_access_denied", "invalid_voice_id"];
    private static readonly string[] BadInput = ["text_too_long", "invalid_parameters", "invalid_output_format", "audio_too_long"];

    /// <summary>What a key that is limited lacks: it is a key all the same.</summary>
    private static readonly string[] Limited = ["insufficient_permissions", "missing_permissions"];

    /// <summary>True for an answer that refuses a request and accepts the key.</summary>
    public static bool IsOnlyLimited(ProviderAnswer answer) => Limited.Contains(CodeOf(answer));

    /// <summary>An answer that must be JSON; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer) =>
        answer.IsSuccess && answer.Json is null ? HttpFaults.NotJson(Name, answer) : JudgeStatus(answer);

    /// <summary>An answer whose body is the result, and lies in a file; null if it is good.</summary>
    public ProviderException? JudgeStatus(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return null;
        }
        var (code, words) = (CodeOf(answer), http.Safe(Words(answer.Json?["detail"])));
        return code switch
        {
            _ when NoCredit.Contains(code) => new(
                ErrorCode.ProviderAuth,
                $"elevenlabs says that the account has no credit left, or that the key's own limit is reached: \"{words}\". Add credit " +
                    "there, or raise the key's limit",
                Acceptance.No),
            _ when NoModel.Contains(code) => new(
                ErrorCode.UnsupportedByModel,
                $"elevenlabs does not do this for the account: \"{words}\". Its plan decides (video needs Pro or higher, and Seedance an " +
                    "approval by its support)",
                Acceptance.No),
            _ when NoVoice.Contains(code) => new(
                ErrorCode.ProviderRefused,
                $"elevenlabs does not have the voice for this account: \"{words}\". Name one of its voices in options.voice, or " +
                    "leave it out",
                Acceptance.No) { MayFallBack = false },
            _ when BadInput.Contains(code) => new(ErrorCode.ProviderRefused, $"elevenlabs refused an input: \"{words}\"", Acceptance.No),
            _ when Limited.Contains(code) => new(
                ErrorCode.UnsupportedByModel,
                $"the key was not given the right for this: \"{words}\". Give it the right at elevenlabs, or set {keyVariable} to another",
                Acceptance.No),
            _ when answer.Status == HttpStatusCode.Unauthorized => new(
                ErrorCode.ProviderAuth,
                $"elevenlabs does not accept the key: \"{words}\". Set {keyVariable} to a valid key and start the server again; a key of " +
                    "another region needs I2V__Providers__ElevenLabs__BaseUrl, such as https://api.eu.residency.elevenlabs.io",
                Acceptance.No),
            // Whether a 5xx is charged is not published: it proves nothing.
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>Why a video failed: failed generations are not charged (typings of 2.73.0).</summary>
    public ProviderException OfVideo(JsonObject failed)
    {
        var reason = failed["failure_reason"]?.ToString();
        var words = http.Safe($"{reason} {failed["error_message"]}".Trim());
        return reason switch
        {
            "moderated" => new(
                ErrorCode.ProviderRefused,
                $"elevenlabs' safety check refused it: \"{words}\". Change the prompt or the picture",
                Acceptance.Yes) { MayFallBack = false },
            "invalid_parameters" => new(ErrorCode.ProviderRefused, $"elevenlabs refused an input: \"{words}\"", Acceptance.Yes),
            "charging_failed" => new(
                ErrorCode.ProviderFailed,
                $"the account at elevenlabs could not be charged: \"{words}\". Add credit there",
                Acceptance.Yes),
            _ => new(ErrorCode.ProviderFailed, $"elevenlabs could not make it: \"{words}\"", Acceptance.Yes),
        };
    }

    /// <summary>Why a dub failed, in the vendor's words.</summary>
    public ProviderException OfDub(string? said) => new(
        ErrorCode.ProviderFailed,
        $"elevenlabs could not dub it{(said is { Length: > 0 } ? $": \"{http.Safe(said)}\"" : "")}",
        Acceptance.Yes) { MayFallBack = false };

    private static string? CodeOf(ProviderAnswer answer) => answer.Json?["detail"] is JsonObject detail
        ? (detail["code"] ?? detail["status"])?.ToString()
        : null;

    private static string Words(JsonNode? detail) => detail switch
    {
        JsonObject said => said["message"]?.ToString() ?? "",
        JsonArray faults => string.Join("; ", faults.OfType<JsonObject>().Select(f =>
            $"{string.Join('.', (f["loc"] as JsonArray ?? []).Select(l => l?.ToString()).Where(l => l != "body"))}: {f["msg"]}")),
        _ => detail?.ToString() ?? "",
    };
}
