using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.OpenAI;

/// <summary>
/// What the models endpoint says: which models there are, and on which day each is shut down (openai 7.55.0, models.d.ts).
/// </summary>
internal sealed class OpenAIModels(ProviderHttp http, OpenAIErrors errors, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, DateOnly> ends = new(StringComparer.Ordinal);

    /// <summary>Asks for the list; the answer shows too whether the key is accepted.</summary>
    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At("v1/models")),
            errors.Judge,
            cancellationToken);
        foreach (var model in (answer.Json?["data"] as JsonArray)?.OfType<JsonObject>() ?? [])
        {
            if (model["id"]?.ToString() is { } id
                && DateOnly.TryParseExact(
                    model["shutdown_date"]?.ToString(),
                    "yyyy-MM-dd",
                    CultureInfo.InvariantCulture,
                    DateTimeStyles.None,
                    out var day))
            {
                ends[id] = day;
            }
        }
    }

    /// <summary>The day on which a model is shut down, as far as it was told; null: none is known.</summary>
    public DateOnly? EndOf(string model) => ends.TryGetValue(model, out var day) ? day : null;

    /// <summary>True from the day on.</summary>
    public bool IsGone(string model) => EndOf(model) is { } day && day <= DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
}
