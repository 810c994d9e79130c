using System.Net;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.GoogleApis;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vertex;

/// <summary>What the platform's and Cloud Storage's answers mean, and how an operation ends without a clip (@google/genai 3.1.0).</summary>
internal sealed class VertexErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "vertex";

    /// <summary>An answer of the platform to a request of ours; null if it is good.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var (error, words) = (GoogleFaults.ErrorOf(answer), Words(answer));
        var plain = HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow())!;
        return answer.Status switch
        {
            HttpStatusCode.BadRequest when GoogleFaults.IsSafety(words) => Refused(words, Acceptance.No),
            HttpStatusCode.BadRequest => new(ErrorCode.ProviderFailed, $"vertex refused the inputs: \"{words}\"", Acceptance.No),
            HttpStatusCode.Unauthorized => new(
                ErrorCode.ProviderAuth,
                $"vertex does not accept the token that Google gave for {keyVariable}: \"{words}\"",
                Acceptance.No),
            HttpStatusCode.Forbidden => new(
                ErrorCode.ProviderAuth,
                $"the account of {keyVariable} may not use the Agent Platform in this project: \"{words}\". The project needs billing " +
                    "and the API aiplatform.googleapis.com, the account the role roles/aiplatform.user; I2V__Providers__Vertex__Project " +
                    "names another project",
                Acceptance.No),
            HttpStatusCode.TooManyRequests => new(plain.Code, plain.Message, plain.Acceptance)
            {
                IsPassing = true,
                RetryAfter = GoogleFaults.RetryDelay(error) ?? plain.RetryAfter,
            },
            _ => plain,
        };
    }

    /// <summary>An answer to an order: what is not found there is the model, in this location.</summary>
    public ProviderException? JudgeOrder(ProviderAnswer answer) => answer.Status == HttpStatusCode.NotFound
        ? new(
            ErrorCode.UnsupportedByModel,
            $"vertex has no such model in this location: \"{Words(answer)}\". I2V__Providers__Vertex__Location names another location",
            Acceptance.No)
        : Judge(answer);

    /// <summary>An answer to a look: a good one is in its file, and read from there.</summary>
    public ProviderException? JudgeLook(ProviderAnswer answer) => answer.IsSuccess ? null : Judge(answer);

    /// <summary>An answer of Cloud Storage.</summary>
    public ProviderException? JudgeStorage(ProviderAnswer answer) => answer.Status switch
    {
        HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => new(
            ErrorCode.ProviderAuth,
            $"the account of {keyVariable} may not use the bucket: \"{Words(answer)}\". It needs the role roles/storage.objectUser " +
                "there, or I2V__Providers__Vertex__Bucket another bucket",
            Acceptance.No),
        HttpStatusCode.NotFound => new(
            ErrorCode.ProviderAuth,
            $"Cloud Storage does not know the bucket: \"{Words(answer)}\". Set I2V__Providers__Vertex__Bucket to one that there is, or " +
                "to none, and start the server again",
            Acceptance.No),
        _ => Judge(answer),
    };

    /// <summary>A token or an answer that is no JSON.</summary>
    public static ProviderException NotJson(ProviderAnswer answer) => HttpFaults.NotJson(Name, answer);

    /// <summary>Why an operation failed: a code of gRPC, and words.</summary>
    public ProviderException OfOperation(JsonObject error)
    {
        var words = http.Safe($"{error["code"]} {error["message"]}".Trim());
        return GoogleFaults.IsSafety(words)
            ? Refused(words, Acceptance.Yes)
            : new(ErrorCode.ProviderFailed, $"vertex could not make it: \"{words}\"", Acceptance.Yes);
    }

    /// <summary>Why nothing came: what the check of content took out; null: it took out nothing.</summary>
    public ProviderException? Filtered(JsonObject? response)
    {
        var reasons = (response?["raiMediaFilteredReasons"] as JsonArray ?? []).Select(r => r?.ToString() ?? "").ToList();
        var count = response?["raiMediaFilteredCount"]?.ToString() ?? "0";
        return reasons.Count == 0 && count == "0"
            ? null
            : Refused(reasons.Count == 0 ? "no reason is told" : http.Safe(string.Join("; ", reasons)), Acceptance.Yes);
    }

    private static ProviderException Refused(string words, Acceptance acceptance) => new(
        ErrorCode.ProviderRefused,
        $"vertex's check of content refused it: \"{words}\". Change the prompt or the picture",
        acceptance) { MayFallBack = false };

    private string Words(ProviderAnswer answer) => http.Safe(GoogleFaults.ErrorOf(answer)?["message"]?.ToString());
}
