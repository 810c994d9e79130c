using System.Globalization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;

namespace McpI2V.Engine.Planning.Mending;

/// <summary>Says what a call would pay for, for the question about its price.</summary>
public sealed class OrderWords(ModelCatalogue models, MediaLibrary library)
{
    private const int MostGroups = 3;

    /// <summary>What is paid, such as <c>12 clips of 5 s with kling-3, 9:16, and 1 still with flux-2-pro</c>.</summary>
    public string InWords(IReadOnlyList<NewJob> jobs)
    {
        var groups = jobs
            .Where(j => j.EstimatedCostUsd > 0)
            .Select(Judged)
            .GroupBy(j => j.Kind)
            .Select(g => (g.Key, Count: g.Sum(j => j.Count), Usd: g.Sum(j => j.Usd)))
            .OrderByDescending(g => g.Usd)
            .ToList();
        var said = groups.Take(MostGroups).Select(g => $"{g.Count} {g.Key.What}{(g.Count == 1 ? "" : "s")}{g.Key.How}").ToList();
        return groups.Count > MostGroups
            ? $"{string.Join("; ", said)}; and {groups.Skip(MostGroups).Sum(g => g.Count)} more"
            : string.Join("; ", said);
    }

    private ((string What, string How) Kind, int Count, decimal Usd) Judged(NewJob job)
    {
        var need = job.Request.Need(library);
        var what = SnakeCase.From(need.Capability.Makes());
        if (models.Find(job.Model) is not { } model)
        {
            return ((what, $" with {job.Model}"), 1, job.EstimatedCostUsd);
        }
        var settings = ModelFit.Judge(model, need).Settings;
        var length = settings.DurationSeconds > 0
            ? string.Create(CultureInfo.InvariantCulture, $" of {settings.DurationSeconds:0.#} s")
            : "";
        var ratio = need.AspectRatio is { } asked and not "source" ? asked : settings.AspectRatio;
        var shape = string.Concat(new[] { ratio, settings.Resolution }.OfType<string>().Select(s => $", {s}"));
        return ((what, $"{length} with {model.Alias}{shape}"), settings.Count, job.EstimatedCostUsd);
    }
}
