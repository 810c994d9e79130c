using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Which jobs belong together: those of the embedded engine, and those of each provider's key. One process at a time runs a
/// lane, and only one that has its key: another's would have another account pay.
/// </summary>
public sealed class JobLanes(
    IEnumerable<IJobPerformer> performers,
    IEnumerable<IProvider> providers,
    UntilWritten writes,
    NodeOptions? node = null)
{
    private readonly Dictionary<string, string> own = performers.Select(p => (Name: p.Provider, Lane: p.Provider))
        .Concat(providers.Where(p => p.UnavailableReason is null).Select(p => (p.Name, Lane: LaneOf(p))))
        .ToDictionary(p => p.Name, p => p.Lane, StringComparer.Ordinal);

    private readonly Dictionary<string, string> keys = providers.ToDictionary(p => p.Name, p => p.KeyVariable, StringComparer.Ordinal);

    /// <summary>The lanes that this process can run, each with its provider.</summary>
    public IEnumerable<(string Lane, string Provider)> Own => own.Select(l => (l.Value, l.Key));

    /// <summary>The lane in which this process's jobs of a provider go.</summary>
    public string ForProvider(string provider) => own.GetValueOrDefault(provider, provider);

    /// <summary>True if this process can run jobs of a lane.</summary>
    public bool IsOwn(string lane) => own.ContainsValue(lane);

    /// <summary>Why a job does not go on here, for the one who asks; null: it does, or it is over.</summary>
    public string? WhyWaits(Job job)
    {
        if (JobTransitions.IsTerminal(job.State) || job.State == JobState.Unconfirmed)
        {
            return null;
        }
        if (writes.WhyBehind(job) is { } behind)
        {
            return behind;
        }
        if (!IsOwn(job.Lane))
        {
            var key = keys.GetValueOrDefault(job.Provider, "the key");
            var ours = own.ContainsKey(job.Provider) ? $"this one has another {key}" : $"this one has no {key}";
            return $"It is done by a client that has the {key} it was asked for with; {ours}. While none is open, it waits: nothing is " +
                "lost.";
        }
        if (job.State != JobState.Queued)
        {
            return null;
        }
        return job.IsLaneRun || node?.Role != NodeRole.Front
            ? job.LaneSays
            : $"This server is a front, and no node is on that does jobs of {job.Provider}: start one in the role render or all. It " +
                "waits; nothing is lost.";
    }

    private static string LaneOf(IProvider provider) => provider.KeyFingerprint is { } key ? $"{provider.Name}-{key}" : provider.Name;
}
