using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Higgsfield;

/// <summary>
/// What Higgsfield's statuses and words mean: there is no code beside the status. Bodies: <c>{"detail": text}</c>, or a list of
/// <c>{loc, msg}</c>.
/// </summary>
internal sealed class HiggsfieldErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "higgsfield";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = http.Safe(Words(answer.Json?["detail"]));
        return answer.Status switch
        {
            // Two sorts of 400: of the input, and of too many requests at once, which a queue does not take.
            HttpStatusCode.BadRequest when words.Contains("concurrent", StringComparison.OrdinalIgnoreCase) => new(
                ErrorCode.ProviderRateLimited,
                $"higgsfield takes no more requests at once: \"{words}\"",
                Acceptance.No) { IsPassing = true },
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => new(
                ErrorCode.ProviderFailed,
                $"higgsfield refused the inputs: \"{words}\"",
                Acceptance.No),
            HttpStatusCode.Unauthorized => new(
                ErrorCode.ProviderAuth,
                $"higgsfield does not accept the key: \"{words}\". Set {keyVariable} to the key's id and its secret, joined by a colon, " +
                    "and start the server again",
                Acceptance.No),
            HttpStatusCode.Forbidden => new(
                ErrorCode.ProviderAuth,
                $"the account at higgsfield has not enough funds for this: \"{words}\". Add funds at console.higgsfield.ai; credits of " +
                    "the plans of its app do not count in its API",
                Acceptance.No),
            HttpStatusCode.Locked => new(
                ErrorCode.ProviderFailed,
                $"higgsfield has blocked the model for now: \"{words}\"",
                Acceptance.No),
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>An answer to a cancel: it is empty where it was taken.</summary>
    public ProviderException? JudgeCancel(ProviderAnswer answer) => answer.IsSuccess ? null : Judge(answer);

    /// <summary>Why a request ended without a result. Neither failed nor refused ones are charged (docs, as several read them).</summary>
    public ProviderException OfRequest(HiggsfieldRequestState ended)
    {
        var words = http.Safe(Words(ended.Error));
        return ended.Status == "nsfw"
            ? new(
                ErrorCode.ProviderRefused,
                $"higgsfield's safety check refused it{(words.Length > 0 ? $": \"{words}\"" : "")}. Change the prompt or the picture",
                Acceptance.Yes) { MayFallBack = false }
            : new(ErrorCode.ProviderFailed, $"higgsfield could not make it: \"{words}\"", Acceptance.Yes);
    }

    private static string? Words(JsonNode? detail) => detail switch
    {
        JsonArray list => string.Join("; ", list.OfType<JsonObject>().Select(Words)),
        JsonObject several => several.ToJsonString(),
        _ => detail?.ToString(),
    };

    private static string Words(JsonObject fault) =>
        $"{string.Join('.', (fault["loc"] as JsonArray ?? []).Select(l => l?.ToString()))}: {fault["msg"]}".TrimStart(':', ' ');
}
