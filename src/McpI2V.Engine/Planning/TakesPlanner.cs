using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;

namespace McpI2V.Engine.Planning;

/// <summary>Several takes of one request: in one job where the model makes several at once, else one job a take.</summary>
public sealed class TakesPlanner(ModelCatalogue models)
{
    /// <summary>The jobs of the takes.</summary>
    /// <param name="count">How many.</param>
    /// <param name="route">The route of the whole request.</param>
    /// <param name="jobFor">The job of one take, by its number; null: all in one.</param>
    public BatchPlan Plan(int count, Route route, Func<int?, Route, NewJob> jobFor)
    {
        if (count <= route.Settings.Count)
        {
            return new BatchPlan([], [jobFor(null, route)]);
        }
        return Each(count, count, route, jobFor);
    }

    /// <summary>The jobs of the takes, one each, so that each can be worked on by itself.</summary>
    /// <param name="count">How many.</param>
    /// <param name="route">The route of one take.</param>
    /// <param name="jobFor">The job of one take, by its number; null: the only one.</param>
    public BatchPlan Apart(int count, Route route, Func<int?, Route, NewJob> jobFor) =>
        count == 1 ? new BatchPlan([], [jobFor(null, route)]) : Each(count, 1, route, jobFor);

    private BatchPlan Each(int count, int priced, Route route, Func<int?, Route, NewJob> jobFor)
    {
        var one = route.Model.Price.For(route.Settings with { Count = 1 });
        // Falling back, a take is priced as one: the route was priced for as many as the first model makes at once.
        var single = route with
        {
            EstimateUsd = one,
            Next =
            [
                .. route.Next
                    .Select(n => OneTake(n, priced))
                    .Select(n => n with { OnlyIfAsked = n.OnlyIfAsked || n.EstimateUsd > one }),
            ],
        };
        return InOneJobEach(count, single, jobFor);
    }

    private RouteStep OneTake(RouteStep step, int count) => step with
    {
        EstimateUsd = decimal.Round(
            step.EstimateUsd / Math.Max(1, models.Find(step.Model)?.MaxCount is { } most ? Math.Min(most, count) : 1),
            6),
    };

    private static BatchPlan InOneJobEach(int count, Route single, Func<int?, Route, NewJob> jobFor)
    {
        JsonObject matrix = new()
        {
            ["take"] = TextList.ToJson(Enumerable.Range(1, count).Select(n => n.ToString(CultureInfo.InvariantCulture))),
        };
        var jobs = Enumerable.Range(0, count)
            .Select(n => jobFor(n, single) with { Variant = new JsonObject { ["take"] = n + 1 }.ToJsonString() });
        return new BatchPlan(matrix, [.. jobs]);
    }
}
