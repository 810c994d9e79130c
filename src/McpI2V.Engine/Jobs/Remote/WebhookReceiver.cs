using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Takes in providers' webhooks. A message makes the runner, whichever process it is in, look at the task at once; a repeated one
/// makes it look again, which is free; one that comes before the provider's id is written down is sent back for later.
/// </summary>
public sealed class WebhookReceiver(IEnumerable<IWebhookReader> readers, JobStore jobs, JobSignal signal)
{
    /// <summary>
    /// Takes a message in; false if no open job is at the provider under that id: the provider should send it again later.
    /// </summary>
    /// <exception cref="I2VException">There is no such provider, or the message is not the provider's.</exception>
    public async Task<bool> TakeAsync(
        string provider,
        IReadOnlyDictionary<string, string> headers,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken)
    {
        var reader = readers.FirstOrDefault(r => r.Provider == provider)
            ?? throw new I2VException(ErrorCode.NotFound, $"{provider} sends no webhooks here.");
        var task = await reader.TaskOfAsync(headers, body, cancellationToken);
        var isKnown = jobs.AskAfterTask(provider, task);
        signal.Pulse();
        return isKnown;
    }
}
