using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>Does the work of jobs for one provider: the seam between the engine and the providers.</summary>
public interface IJobPerformer
{
    /// <summary>The provider's name.</summary>
    string Provider { get; }

    /// <summary>Checks a request against what the provider can do, before it is written down and before anything is spent.</summary>
    /// <returns>Warnings for the user.</returns>
    /// <exception cref="I2VException">It can't do this, or an input is gone; the message says which.</exception>
    Task<IReadOnlyList<string>> ReviewAsync(NewJob job, CancellationToken callCancelled);

    /// <summary>Does a job and leaves its results as files in the job's work folder.</summary>
    /// <exception cref="I2VException">It can't be done; the message is shown to the user.</exception>
    /// <exception cref="MediaException">A render failed.</exception>
    Task<IReadOnlyList<ProducedFile>> PerformAsync(Job job, MediaWork work, CancellationToken jobCancelled);
}
