using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>
/// A store whose files lie on no path of this machine: each is brought here when it is opened, and gone again when it is given back.
/// </summary>
internal sealed class FarStore(string kept, string near) : IMediaStore
{
    private readonly MediaFolder folder = new(kept);

    public string AddressOf(string name) => "far://media/" + name;

    public string? NameAt(string address) =>
        address.StartsWith("far://media/", StringComparison.Ordinal) ? address["far://media/".Length..] : null;

    public bool Holds(string name) => folder.Holds(name);

    public Task<bool> ExistsAsync(string name, CancellationToken cancellationToken) => folder.ExistsAsync(name, cancellationToken);

    public async Task<MediaLease?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!await folder.ExistsAsync(name, cancellationToken))
        {
            return null;
        }
        Directory.CreateDirectory(near);
        var path = Path.Combine(near, $"{Guid.NewGuid():n}{Path.GetExtension(name)}");
        File.Copy(folder.AddressOf(name), path);
        return new MediaLease(path, () =>
        {
            File.Delete(path);
            return ValueTask.CompletedTask;
        });
    }

    public Task<string?> Sha256Async(string name, CancellationToken cancellationToken) => folder.Sha256Async(name, cancellationToken);

    public Task PublishAsync(string temporary, string name, CancellationToken cancellationToken) =>
        folder.PublishAsync(temporary, name, cancellationToken);

    public IAsyncEnumerable<KeptFile> ListAsync(CancellationToken cancellationToken) => folder.ListAsync(cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => folder.DeleteAsync(name, cancellationToken);
}
