using McpI2V.Engine.Jobs.Lanes;

namespace McpI2V.Engine.Jobs.Dispatching;

/// <summary>Decides when a queued job is taken up, and by which process: how it is done then is the same whoever decides.</summary>
internal interface IJobDispatch
{
    /// <summary>Once in a while, and whenever something has changed.</summary>
    /// <param name="held">The lanes that this process holds, by name; it goes on changing.</param>
    /// <param name="waiting">Those of them in which jobs are queued.</param>
    /// <returns>True if it is to be called again soon although nothing changes.</returns>
    Task<bool> TurnAsync(IReadOnlyDictionary<string, LaneTerm> held, IReadOnlyList<LaneTerm> waiting);

    /// <summary>Takes nothing more up.</summary>
    Task StopAsync();

    /// <summary>What was taken up has landed.</summary>
    Task LeaveAsync();
}
