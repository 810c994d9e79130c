using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd;

/// <summary>What the library, its ledger and a vendor's bill say after everything is over.</summary>
public static class ThreeWitnesses
{
    /// <summary>True for a job that is over, or of which nobody knows more.</summary>
    public static bool IsOver((long Id, string State, string? Remote, decimal Cost, string? Error, string Model) job) =>
        job.State is "succeeded" or "failed" or "canceled" or "unconfirmed";

    /// <summary>Waits for as long as jobs go on: on a machine that is slow that takes its time.</summary>
    public static async Task UntilOverAsync(TestLibrary library)
    {
        while (Open() is { Count: > 0 } left)
        {
            await Eventually.IsSoAsync(
                () => Task.FromResult(Open().Count < left.Count),
                () => "jobs are not over: " + string.Join(", ", Open().GroupBy(s => s).Select(g => $"{g.Count()} {g.Key}")));
        }

        List<string> Open() => [.. LibraryAudit.Jobs(library).Where(j => !IsOver(j)).Select(j => j.State)];
    }

    /// <summary>True if every job is over.</summary>
    public static bool AreOver(TestLibrary library) => LibraryAudit.Jobs(library).All(IsOver);

    /// <summary>Holds the three against each other: no job lost, none paid twice, the ledger is the bill.</summary>
    /// <param name="simulators">The vendors.</param>
    /// <param name="library">The library.</param>
    /// <param name="vendor">The vendor that made them.</param>
    /// <param name="count">How many jobs were asked for.</param>
    public static async Task AgreeAsync(SimulatedProviders simulators, TestLibrary library, string vendor, int count)
    {
        var jobs = LibraryAudit.Jobs(library).Where(j => !j.Model.StartsWith("local:", StringComparison.Ordinal)).ToList();
        var tasks = (await simulators.TasksAsync())
            .Where(t => t["vendor"]!.GetValue<string>().Equals(vendor, StringComparison.OrdinalIgnoreCase))
            .ToList();
        var bill = await simulators.BillAsync();
        var isFree = vendor == "vllm";
        Assert.Equal(count, jobs.Count);
        // None twice: a request that was taken twice has the same fingerprint twice. A server of one's own charges nothing: there it may.
        Assert.True(
            isFree || tasks.GroupBy(t => t["fingerprint"]!.GetValue<string>()).All(g => g.Count() == 1),
            "a request was taken twice");
        Assert.True(isFree || tasks.Count <= count, $"{tasks.Count} requests were taken for {count} jobs");
        // None lost: what a job knows by the vendor's name is at an end; what nobody knows by name is an unconfirmed job's.
        var known = jobs.Where(j => j.Remote is not null).Select(j => j.Remote!).ToHashSet(StringComparer.Ordinal);
        var orphans = tasks.Where(t => !known.Contains(t["id"]!.GetValue<string>())).ToList();
        var unconfirmed = jobs.Where(j => j.State == "unconfirmed").ToList();
        var isOwnAnswer = vendor == "OpenAI";
        if (!isOwnAnswer && !isFree)
        {
            Assert.True(orphans.Count <= unconfirmed.Count,
                $"{orphans.Count} tasks are nobody's, {unconfirmed.Count} jobs are unconfirmed");
        }
        Assert.All(unconfirmed, j => Assert.Contains("check_job", j.Error!, StringComparison.Ordinal));
        Assert.All(jobs.Where(j => j.State == "failed"), j => Assert.Contains("spent", j.Error!, StringComparison.Ordinal));
        Assert.True(jobs.Count(j => j.State == "succeeded") > count / 3,
            $"only {jobs.Count(j => j.State == "succeeded")} " +
                $"succeeded: {string.Join("; ", jobs.Where(j => j.State != "succeeded").Select(j => j.Error).Distinct().Take(12))}");
        Assert.Equal(
            LibraryAudit.Jobs(library).Count(j => j.State == "succeeded"),
            library.MediaFiles.Count(f => f.EndsWith(isOwnAnswer ? ".png" : ".mp4", StringComparison.Ordinal)));
        // To the cent: what the ledger settled is the bill, but for what nobody can name.
        var orphaned = orphans.Select(o => o["id"]!.GetValue<string>()).ToHashSet(StringComparer.Ordinal);
        var billed = isOwnAnswer
            ? bill.Sum(b => b.Usd) - Unnamed(tasks, jobs, bill)
            : bill.Where(b => !orphaned.Contains(b.Task)).Sum(b => b.Usd);
        var differs = isOwnAnswer
            ? []
            : bill
                .Where(b => !orphaned.Contains(b.Task))
                .Join(jobs, b => b.Task, j => j.Remote, (b, j) => (b.Usd, j.Cost, j.Id, j.State, j.Error))
                .Where(p => p.Usd != p.Cost)
                .ToList();
        Assert.True(billed == LibraryAudit.Settled(library),
            $"billed {billed}, settled {LibraryAudit.Settled(library)}: {string.Join("; ", differs)}");
        Assert.Equal(unconfirmed.Count, isFree ? 0 : jobs.Count(j => j.State == "unconfirmed"));
        Assert.True(isFree || unconfirmed.Count == 0 || LibraryAudit.Reserved(library) > 0, "what is unconfirmed stays reserved");
        Assert.Empty(library.TemporaryFiles);
    }

    // OpenAI's answers have no name: what was charged beyond the jobs that have their pictures went to unconfirmed ones.
    private static decimal Unnamed(
        List<JsonNode> tasks,
        IReadOnlyList<(long Id, string State, string? Remote, decimal Cost, string? Error, string Model)> jobs,
        IReadOnlyList<(string Vendor, string Task, decimal Usd)> bill)
    {
        var charged = jobs.Where(j => j.State is "succeeded" or "failed").Sum(j => j.Cost);
        var rest = bill.Sum(b => b.Usd) - charged;
        var most = bill.Select(b => b.Usd).DefaultIfEmpty(0).Max() * jobs.Count(j => j.State == "unconfirmed");
        Assert.InRange(rest, 0, most);
        Assert.True(tasks.Count >= jobs.Count(j => j.State == "succeeded"), "every picture was made once");
        return rest;
    }
}
