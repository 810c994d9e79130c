namespace McpI2V.Engine.Storage.Files;

/// <summary>A file of a store as a file of this machine, until it is given back. It is read, never written.</summary>
/// <param name="path">Where it lies meanwhile.</param>
/// <param name="release">Gives it back; null where there is nothing to be done.</param>
public sealed class MediaLease(string path, Func<ValueTask>? release = null) : IAsyncDisposable
{
    /// <summary>Where it lies while it is held.</summary>
    public string Path => path;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => release?.Invoke() ?? ValueTask.CompletedTask;
}
