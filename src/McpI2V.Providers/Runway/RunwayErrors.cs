using System.Net;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Runway;

/// <summary>What Runway's statuses, bodies and failure codes mean (@runwayml/sdk 4.20.1; docs.dev.runwayml.com, errors).</summary>
internal sealed class RunwayErrors(ProviderHttp http, string keyVariable, TimeProvider time)
{
    private const string Name = "runway";

    /// <summary>An answer to a request of ours; null if it is good. Bodies: <c>{"error": text, "issues": [...]}</c>.</summary>
    public ProviderException? Judge(ProviderAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return answer.Status != HttpStatusCode.NoContent && answer.Json is null ? HttpFaults.NotJson(Name, answer) : null;
        }
        var words = Words(answer);
        return answer.Status switch
        {
            HttpStatusCode.BadRequest when words.Contains("credits", StringComparison.OrdinalIgnoreCase) => new(
                ErrorCode.ProviderAuth,
                $"runway says that the account has no credits left: \"{words}\". Add credits at dev.runwayml.com",
                Acceptance.No),
            HttpStatusCode.BadRequest when words.Contains("moderat", StringComparison.OrdinalIgnoreCase) => new(
                ErrorCode.ProviderRefused,
                $"runway's safety check refused it: \"{words}\". Change the prompt or the picture",
                Acceptance.No) { MayFallBack = false },
            _ => HttpFaults.Of(Name, keyVariable, answer, words, time.GetUtcNow()),
        };
    }

    /// <summary>
    /// Why a task failed. Safety refusals of an input are not charged; those of an output may be: the task's cost says it.
    /// </summary>
    public ProviderException OfTask(string? failure, string? code)
    {
        var words = http.Safe(failure);
        if (code?.StartsWith("SAFETY", StringComparison.Ordinal) == true)
        {
            return new(
                ErrorCode.ProviderRefused,
                $"runway's safety check refused it: \"{words}\". Change the prompt or the picture",
                Acceptance.Yes) { MayFallBack = false };
        }
        return code?.StartsWith("ASSET", StringComparison.Ordinal) == true || code?.StartsWith("INPUT", StringComparison.Ordinal) == true
            ? new(ErrorCode.ProviderRefused, $"runway refused an input: \"{words}\"", Acceptance.Yes)
            : new(ErrorCode.ProviderFailed, $"runway could not make it: \"{words}\"", Acceptance.Yes);
    }

    private string Words(ProviderAnswer answer)
    {
        var issue = (answer.Json?["issues"] as System.Text.Json.Nodes.JsonArray)?.FirstOrDefault();
        var place = issue?["path"] is System.Text.Json.Nodes.JsonArray path ? string.Join('.', path.Select(p => p?.ToString())) + ": " : "";
        return http.Safe(issue is null ? answer.Json?["error"]?.ToString() : $"{answer.Json?["error"]} {place}{issue["message"]}");
    }
}
