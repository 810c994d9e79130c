namespace McpI2V.Engine.Providers;

/// <summary>Reads what a provider sends of its own accord. It is only ever a reason to look: what it says is not believed.</summary>
public interface IWebhookReader
{
    /// <summary>The provider's name.</summary>
    string Provider { get; }

    /// <summary>The provider's id of the task that a message is about.</summary>
    /// <param name="headers">The request's headers, by lower-case name.</param>
    /// <param name="body">Its bytes as they came: the signature is over them.</param>
    /// <param name="cancellationToken">Ends the question for the provider's keys.</param>
    /// <exception cref="I2VException">It is not signed by the provider, too old, or too new
    /// (<see cref="ErrorCode.InputForbidden"/>).</exception>
    Task<string> TaskOfAsync(IReadOnlyDictionary<string, string> headers, ReadOnlyMemory<byte> body, CancellationToken cancellationToken);
}
