using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Providers;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Jobs at a provider whose lane nobody runs: most often its key was replaced by a new one of the same account. A provider that
/// shows such a task to our key has it in our account, so the job becomes ours; another account's it does not show.
/// </summary>
internal sealed partial class OrphanedJobs(
    RemoteJobStore store,
    RemoteServices services,
    ILaneLeases leases,
    ILogger<OrphanedJobs> log)
{
    /// <summary>
    /// Makes the jobs of a provider ours that the provider shows us and nobody else runs; they belong to the lane's term then.
    /// </summary>
    public async Task<IReadOnlyList<Job>> AdoptAsync(LaneTerm lane, IProvider provider)
    {
        List<Job> adopted = [];
        foreach (var others in store.AtVendorElsewhere(lane.Provider, lane.Lane).GroupBy(j => j.Lane, StringComparer.Ordinal))
        {
            using var held = leases.TryTakeAlone(others.Key, lane.Provider);
            if (held is null)
            {
                continue;
            }
            foreach (var job in others)
            {
                if (await IsShownAsync(job, provider, lane.Ending) && store.Adopt(job, lane.Lane, lane.Term) is { } ours)
                {
                    LogAdopted(log, job.Name, lane.Provider);
                    adopted.Add(ours);
                }
            }
        }
        return adopted;
    }

    private async Task<bool> IsShownAsync(Job job, IProvider provider, CancellationToken stop)
    {
        try
        {
            return (await provider.GetStatusAsync(job.Remote!, services.Outline(job), stop)).State != RemoteState.Gone;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Not shown, or not now.
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message =
        "{Job} is known to {Provider} by the key of this client, and is carried on with it")]
    private static partial void LogAdopted(ILogger logger, string job, string provider);
}
