namespace McpI2V.Engine.Providers;

/// <summary>
/// A vendor's API as the engine sees it: it speaks the vendor's words once; retrying, pacing, waiting, budgets,
/// downloads and recovery are the engine's and the HTTP room's.
/// </summary>
public interface IProvider
{
    /// <summary>Its name in model ids, lower case.</summary>
    string Name { get; }

    /// <summary>Why it can't be used; null if it can. The words name the setting to write.</summary>
    string? UnavailableReason { get; }

    /// <summary>
    /// The same for the same key, and nothing that tells the key; null: it has none. Jobs are only done with the key they were asked for
    /// with.
    /// </summary>
    string? KeyFingerprint => null;

    /// <summary>The variable that holds its key, for messages.</summary>
    string KeyVariable => "its key";

    /// <summary>How many requests at once, how often to look, and what the provider can do beyond the common.</summary>
    ProviderLimits Limits { get; }

    /// <summary>Checks an order before it is written down: what only the provider knows. Nothing leaves the machine.</summary>
    /// <returns>Warnings for the user.</returns>
    /// <exception cref="I2VException">It can't do this; the message names the argument and what is allowed.</exception>
    IReadOnlyList<string> Review(GenerationOrder order);

    /// <summary>True if the answer to an order is the result itself: it comes once, so a process sends it that outlives the chat.</summary>
    bool AnswersAtOnce(GenerationOrder order) => false;

    /// <summary>Sends the inputs and spells the request; nothing that costs. May be done again.</summary>
    /// <exception cref="ProviderException">An upload failed for good.</exception>
    Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled);

    /// <summary>Sends the one request that costs, once.</summary>
    /// <exception cref="ProviderException">It was not accepted, or nobody can tell
    /// (<see cref="ProviderException.Acceptance"/>).</exception>
    Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing);

    /// <summary>Looks how a task stands. Free, and may be done again.</summary>
    /// <exception cref="ProviderException">The question failed; the task is not touched by that.</exception>
    Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled);

    /// <summary>Asks the provider to stop a task; whether it did is seen by looking.</summary>
    /// <exception cref="ProviderException">The provider did not take it.</exception>
    Task CancelAsync(RemoteTask task, CancellationToken jobCancelled);

    /// <summary>
    /// Downloads one result to a file, resuming what is there, checked for length; the words of a sound go beside it where their times are
    /// known (<see cref="RemoteOutput.WordsBeside"/>). Of speech that was written down there are the words alone.
    /// </summary>
    /// <exception cref="ProviderException">It can't be had now; the result stays with the provider.</exception>
    Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled);

    /// <summary>Finds the task of a request whose answer was lost; null if the provider can't tell or knows none.</summary>
    /// <exception cref="ProviderException">The question failed.</exception>
    Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled) => Task.FromResult<RemoteTask?>(null);

    /// <summary>
    /// Reads an answer that an earlier process had written down whole; null if there is none, or the provider's answers hold no results.
    /// </summary>
    Task<Submission?> RecallAsync(GenerationOrder order, CancellationToken jobCancelled) => Task.FromResult<Submission?>(null);

    /// <summary>
    /// The voices that the account itself has, besides those in the models' rows; null if the provider has no such thing. Free.
    /// </summary>
    /// <exception cref="ProviderException">It does not tell them now.</exception>
    Task<IReadOnlyList<ProviderVoice>?> VoicesAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<ProviderVoice>?>(null);

    /// <summary>Says with one free request whether the key is accepted; null if it is, else why not.</summary>
    Task<string?> CheckKeyAsync(CancellationToken cancellationToken);

    /// <summary>What answered the last good <see cref="CheckKeyAsync"/>, for a person, as the rest of a sentence.</summary>
    string Answered => "the key is accepted";
}
