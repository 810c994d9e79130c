using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools.Planning;

/// <summary>Several takes of one request: in one job where the model makes several at once, else as a batch of one job a take.</summary>
internal static class Takes
{
    /// <summary>Makes them.</summary>
    /// <param name="services">The rooms.</param>
    /// <param name="call">The call.</param>
    /// <param name="title">What is made.</param>
    /// <param name="count">How many.</param>
    /// <param name="route">The route of the whole request.</param>
    /// <param name="jobFor">The job of one take, by its number; null: all in one.</param>
    /// <param name="callCancelled">Ends the wait.</param>
    public static Task<Answer> MakeAsync(
        ToolServices services,
        ToolCall call,
        string title,
        int count,
        Route route,
        Func<int?, Route, NewJob> jobFor,
        CancellationToken callCancelled)
    {
        if (count <= route.Settings.Count)
        {
            return services.Submission.MakeAsync(jobFor(null, route), call, callCancelled);
        }
        var one = route.Model.Price.For(route.Settings with { Count = 1 });
        // Falling back, a take is priced as one: the route was priced for as many as the first model makes at once.
        var single = route with
        {
            EstimateUsd = one,
            Next = [.. route.Next.Select(n => n with { EstimateUsd = decimal.Round(
                n.EstimateUsd / Math.Max(1, services.Models.Find(n.Model)?.MaxCount is { } most ? Math.Min(most, count) : 1),
                6) })],
        };
        JsonObject matrix = new()
        {
            ["take"] = TextList.ToJson(Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture))),
        };
        var jobs = Enumerable.Range(0, count)
            .Select(n => jobFor(n, single) with { Variant = new JsonObject { ["take"] = n + 1 }.ToJsonString() })
            .ToList();
        return services.Submission.MakeBatchAsync(title, matrix.ToJsonString(), jobs, call, callCancelled);
    }
}
