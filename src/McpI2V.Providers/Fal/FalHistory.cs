using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>
/// fal's own list of an account's requests, with what was sent (<c>GET api.fal.ai/v1/models/requests/by-endpoint?expand=payloads</c>,
/// fal.ai/docs/platform-apis, 2026-11: at most 100 a page, <c>next_cursor</c>, sorted by end). A request whose answer was lost
/// is found in it by what it asked for. It lists what has ended for certain; what is still at work may come into it later.
/// </summary>
internal sealed class FalHistory(ProviderHttp http, FalErrors errors)
{
    private const int MostPages = 20;

    // Their clock and ours may differ.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>The request; null if none of its endpoint, since it was sent, asked for the same and is nobody's.</summary>
    public async Task<RemoteTask?> FindAsync(
        string endpoint,
        LostRequest lost,
        Func<string, RemoteTask> task,
        CancellationToken jobCancelled)
    {
        if (lost.Body is not { } sent)
        {
            return null;
        }
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var answer = await http.AskAsync(() => Page(endpoint, lost.SentAt - ClocksDiffer, cursor), errors.Judge, jobCancelled);
            foreach (var item in (answer.Json?["items"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if (item["request_id"]?.ToString() is { Length: > 0 } id
                    && item["json_input"] is JsonObject input
                    && Asked(sent, input)
                    && !lost.IsTaken(id))
                {
                    return task(id);
                }
            }
            cursor = answer.Json?["next_cursor"]?.ToString();
            if (string.IsNullOrEmpty(cursor))
            {
                return null;
            }
        }
        return null;
    }

    // fal may add its defaults to what was sent.
    private static bool Asked(JsonObject sent, JsonObject input) =>
        sent.All(member => JsonNode.DeepEquals(member.Value, input[member.Key]));

    private HttpRequestMessage Page(string endpoint, DateTimeOffset since, string? cursor)
    {
        var start = since.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var query =
            $"v1/models/requests/by-endpoint?endpoint_id={Uri.EscapeDataString(endpoint)}&start={Uri.EscapeDataString(start)}&" +
                "expand=payloads&limit=100";
        return http.Request(
            HttpMethod.Get,
            http.At(cursor is null ? query : $"{query}&cursor={Uri.EscapeDataString(cursor)}", FalProvider.Api));
    }
}
