using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vidu;

/// <summary>The account's tasks: a request whose answer was lost is there with the attempt's key as its payload.</summary>
internal sealed class ViduHistory(ProviderHttp http, ViduErrors errors)
{
    private const int PageSize = 100;
    private const int MostPages = 20;

    // Vidu's clock is not ours.
    private static readonly TimeSpan Before = TimeSpan.FromHours(1);

    /// <summary>The task of a request; null: none is listed.</summary>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        var from = (lost.SentAt - Before).UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        for (var page = 0; page < MostPages; page++)
        {
            var list = http.At(
                $"{ViduRequests.Root}/tasks?created_at.from={Uri.EscapeDataString(from)}&pager.page={page}&pager.pagesz={PageSize}");
            var answer = await http.AskAsync(() => http.Request(HttpMethod.Get, list), errors.Judge, jobCancelled);
            var tasks = (answer.Json?["tasks"] ?? answer.Json?["data"]) as JsonArray ?? throw HttpFaults.NotJson("vidu", answer);
            var found = tasks
                .OfType<JsonObject>()
                .Where(t => t["payload"]?.ToString() == lost.Order.Key)
                .Select(ViduTask.IdOf)
                .FirstOrDefault(id => id is not null && !lost.IsTaken(id));
            if (found is not null)
            {
                return new RemoteTask(found);
            }
            if (tasks.Count == 0 || (tasks.Count < PageSize && string.IsNullOrEmpty(answer.Json?["next_page_token"]?.ToString())))
            {
                return null;
            }
        }
        return null;
    }
}
