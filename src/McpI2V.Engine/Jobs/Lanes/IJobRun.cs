namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// A way to run jobs: rendered by this process, or ordered from a provider. The runner hands each the lanes that it serves.
/// </summary>
internal interface IJobRun
{
    /// <summary>The one of several that runs the jobs of a provider.</summary>
    static IJobRun Of(IEnumerable<IJobRun> runs, string provider) => runs.First(r => r.Serves(provider));

    /// <summary>True if it runs the jobs of this provider.</summary>
    bool Serves(string provider);

    /// <summary>Goes on with what a dead process left of a lane.</summary>
    void CarryOn(LaneTerm lane, IReadOnlyList<Job> left);

    /// <summary>Takes up queued jobs of a lane, as far as there is room.</summary>
    void TakeUp(LaneTerm lane);

    /// <summary>Takes up this queued job of a lane; false: there is no room, or it is queued no longer.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="job">The job.</param>
    /// <param name="work">Ends when this process has nothing more to do with it.</param>
    bool TryTakeUp(LaneTerm lane, Job job, out Task work);

    /// <summary>How much room there is for jobs of a provider and priority.</summary>
    LaneRoom RoomFor(string provider, int priority);

    /// <summary>What must be looked after besides taking up: once a turn, whether anything is queued or not.</summary>
    /// <param name="held">The lanes it serves that this process holds, by name.</param>
    void Tend(IReadOnlyDictionary<string, LaneTerm> held);

    /// <summary>Tells the jobs among these that it runs that the user canceled them.</summary>
    void Cancel(IReadOnlyList<long> ids);

    /// <summary>True if a job that is cut off is begun again from nothing, so that it is worth waiting for.</summary>
    bool BeginsAgain { get; }

    /// <summary>Waits until every job of a lane whose term ends has come to a point at which the next process can carry it on.</summary>
    Task LandAsync(LaneTerm lane);
}
