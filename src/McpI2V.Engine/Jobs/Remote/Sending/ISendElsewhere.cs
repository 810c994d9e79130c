using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Sending;

/// <summary>
/// Sends requests whose answer is the result from a process that outlives this one: a client that quits may end this process
/// within seconds, and the answer comes once.
/// </summary>
public interface ISendElsewhere
{
    /// <summary>Has a job's request prepared there; nothing is paid yet.</summary>
    /// <exception cref="ProviderException">An upload failed for good, or the key is not accepted.</exception>
    /// <exception cref="I2VException">The request can't be prepared.</exception>
    Task<IReadyRequest> PrepareAsync(Job job, CancellationToken jobCancelled);

    /// <summary>True while a process, whoever started it, has the answer to an attempt on its way.</summary>
    /// <param name="attemptKey">The attempt's key.</param>
    bool IsOnItsWay(string attemptKey);
}
