using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Bfl;

/// <summary>
/// What Black Forest Labs' statuses and states mean. Bodies are <c>{"detail": text, list or object}</c> or <c>{"message"}</c>
/// (@ai-sdk/black-forest-labs 2.0.41).
/// </summary>
internal sealed class BflErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "bfl";
    private const string Reasons = "Moderation Reasons";

    /// <summary>An answer to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = WordsOf(answer.Json?["detail"] ?? answer.Json?["message"]);
        return answer.Status switch
        {
            HttpStatusCode.Forbidden => new(
                ErrorCode.ProviderAuth,
                $"bfl does not accept the key{Quoted(words)}. Set {keyVariable} to a valid key and start the server again",
                Acceptance.No),
            HttpStatusCode.PaymentRequired => new(
                ErrorCode.ProviderAuth,
                $"bfl says that the account has no credits left{Quoted(words)}. Add credits at dashboard.bfl.ai",
                Acceptance.No),
            // 503 is told to be a lack of room; nothing says that the request before was not taken, so it proves nothing here.
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>What was not made. What is charged for it is what the answer says: a failure and a refusal of a still are free.</summary>
    public RemoteStatus OfFailure(BflResult failed)
    {
        var cost = failed.CostUsd ?? 0;
        var why = failed.Details is JsonObject details && details[Reasons] is { } reasons ? reasons : failed.Details;
        var said = Quoted(WordsOf(why));
        var fault = failed.Stands.Contains("moderated", StringComparison.OrdinalIgnoreCase)
            ? new ProviderException(
                ErrorCode.ProviderRefused,
                $"bfl's safety check refused it{said}. Change the prompt or the picture: the same again is refused again",
                Acceptance.Yes) { MayFallBack = false }
            : new ProviderException(ErrorCode.ProviderFailed, $"bfl could not make it{said}", Acceptance.Yes);
        return RemoteStatus.Failed(fault, cost);
    }

    private static string Quoted(string words) => words.Length > 0 ? $": \"{words}\"" : "";

    private string WordsOf(JsonNode? told) => http.Safe(told switch
    {
        null => "",
        JsonArray several => string.Join("; ", several.Select(OneOf)),
        _ => OneOf(told),
    });

    // One of a list of faults: {"loc": ["body", "duration"], "msg": "..."}.
    private static string OneOf(JsonNode? told) => told is not JsonObject fault || fault["msg"] is not { } message
        ? told?.ToString() ?? ""
        : fault["loc"] is JsonArray { Count: > 0 } where ? $"{where[^1]}: {message}" : message.ToString();
}
