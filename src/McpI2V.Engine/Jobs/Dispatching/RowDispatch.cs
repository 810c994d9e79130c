using McpI2V.Engine.Jobs.Lanes;

namespace McpI2V.Engine.Jobs.Dispatching;

/// <summary>On one machine: who holds a lane looks at its rows, and takes up whatever there is room for.</summary>
internal sealed class RowDispatch(IEnumerable<IJobRun> runs) : IJobDispatch
{
    /// <inheritdoc/>
    public Task<bool> TurnAsync(IReadOnlyDictionary<string, LaneTerm> held, IReadOnlyList<LaneTerm> waiting)
    {
        foreach (var lane in waiting)
        {
            IJobRun.Of(runs, lane.Provider).TakeUp(lane);
        }
        // What waits for a place at a provider gets it when time has passed, of which nobody tells.
        return Task.FromResult(waiting.Count > 0);
    }

    /// <inheritdoc/>
    public Task StopAsync() => Task.CompletedTask;

    /// <inheritdoc/>
    public Task LeaveAsync() => Task.CompletedTask;
}
