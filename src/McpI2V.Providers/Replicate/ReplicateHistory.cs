using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Replicate;

/// <summary>
/// Replicate's list of an account's predictions, newest first, each with model and input. A request whose answer was lost is found in it
/// by what it asked for. Inputs are erased an hour after the end, so that it can be found for about so long.
/// </summary>
internal sealed class ReplicateHistory(ProviderHttp http, ReplicateErrors errors)
{
    private const int MostPages = 20;

    // Their clock and ours may differ.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>The prediction; null if none of the model, since it was sent, asked for the same and is nobody's.</summary>
    /// <param name="model">The model, as <c>owner/name</c>.</param>
    /// <param name="lost">What was sent, and when.</param>
    /// <param name="jobCancelled">Ends the question.</param>
    public async Task<RemoteTask?> FindAsync(string model, LostRequest lost, CancellationToken jobCancelled)
    {
        if (lost.Body?["input"] is not JsonObject sent)
        {
            return null;
        }
        var since = (lost.SentAt - ClocksDiffer).ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        var page = http.At("predictions?created_after=" + Uri.EscapeDataString(since));
        for (var turned = 0; turned < MostPages; turned++)
        {
            var answer = await http.AskAsync(() => Get(page), errors.Judge, jobCancelled);
            foreach (var item in (answer.Json?["results"] as JsonArray ?? []).OfType<JsonObject>())
            {
                if (item["id"]?.ToString() is { Length: > 0 } id
                    && model.Equals(item["model"]?.ToString(), StringComparison.OrdinalIgnoreCase)
                    && item["input"] is JsonObject input
                    // The model's defaults may have been added to what was sent.
                    && sent.All(member => JsonNode.DeepEquals(member.Value, input[member.Key]))
                    && !lost.IsTaken(id))
                {
                    return new RemoteTask(id);
                }
            }
            if (!Uri.TryCreate(answer.Json?["next"]?.ToString(), UriKind.Absolute, out var next))
            {
                return null;
            }
            page = http.Own(next);
        }
        return null;
    }

    private HttpRequestMessage Get(Uri address) => http.Request(HttpMethod.Get, address);
}
