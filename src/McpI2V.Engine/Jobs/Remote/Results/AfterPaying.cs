using McpI2V.Engine.Providers;
using McpI2V.Engine.Spending;
using McpI2V.Media;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Jobs.Remote.Results;

/// <summary>What a person must hear first of something that was paid: where it is not what was ordered or agreed to.</summary>
internal static class AfterPaying
{
    private const int LongestWords = 300;

    // "Here is your image." is no news; what a model left out, and why, is longer.
    private const int ShortestNews = 40;

    // Above this a provider's bill is told: prices are rounded, and the catalogue's may be a little old.
    private const decimal TellAbove = 1.25m;

    /// <summary>A line each, the most important first.</summary>
    /// <param name="job">The job.</param>
    /// <param name="done">The provider's last word.</param>
    /// <param name="costUsd">What it cost.</param>
    /// <param name="files">What was made.</param>
    /// <param name="missing">What of it could not be had; null: nothing.</param>
    public static IEnumerable<string> Lines(
        Job job,
        RemoteStatus done,
        decimal costUsd,
        IReadOnlyList<ProducedFile> files,
        string? missing)
    {
        if (missing is not null)
        {
            yield return missing;
        }
        if (Bill(job, costUsd) is { } bill)
        {
            yield return bill;
        }
        foreach (var advice in files.SelectMany(Faults).Distinct())
        {
            yield return advice;
        }
        if (done.Says is { Length: >= ShortestNews })
        {
            yield return Said(job, done)!;
        }
    }

    // How bright a still is may be as it was wanted; a soft one is not what anybody ordered.
    private static IEnumerable<string> Faults(ProducedFile file)
    {
        var isStill = file.Format.Kind == MediaKind.Still;
        return file.Checks
            .Where(c => c.Fault is not null && (!isStill || c.Name == "sharpness"))
            .Select(c => $"{Before(isStill, c.Name)}: {c.Advice!.TrimEnd('.')}.");
    }

    private static string Before(bool isStill, string check) => isStill ? "Look before you animate it"
        : check is "duration" or "resolution" or "ratio" or "sound" ? "Not as ordered"
        : "Look at it before it is used";

    /// <summary>What else the model said; null: nothing.</summary>
    public static string? Remark(Job job, RemoteStatus done) => done.Says is { Length: < ShortestNews } ? Said(job, done) : null;

    private static string Said(Job job, RemoteStatus done) => $"{job.Provider} says: {ForeignText.Quote(done.Says, LongestWords)}";

    // Booked is what the provider charged; the user agreed to something else.
    private static string? Bill(Job job, decimal cost)
    {
        const string Tell = "What it charged is what counts against the budget; tell the user before more is ordered.";
        var isOverLimit = job.Batch is null && cost > job.MaxCostUsd;
        if (cost - job.EstimatedCostUsd <= 0.01m || (!isOverLimit && cost <= job.EstimatedCostUsd * TellAbove))
        {
            return null;
        }
        var limit = isOverLimit ? $", and max_cost_usd was {Dollars.InWords(job.MaxCostUsd!.Value)}" : "";
        return $"{job.Provider} charged {Dollars.InWords(cost)}, and {Dollars.InWords(job.EstimatedCostUsd)} was expected{limit}. {Tell}";
    }
}
