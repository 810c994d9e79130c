namespace McpI2V.Engine.Storage.Files;

/// <summary>
/// Small files of a store, the last ones read kept in memory: an answer that is given again and again reads no disk for them. A name
/// means the same bytes wherever it was made, so nothing here is out of date.
/// </summary>
public sealed class SmallFiles(IMediaStore store, int mostBytes = SmallFiles.UsualBytes)
{
    private const int UsualBytes = 16_000_000;

    private readonly Lock sync = new();
    private readonly Dictionary<string, LinkedListNode<(string Name, byte[] Content)>> kept = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Name, byte[] Content)> byUse = new();
    private int bytes;

    /// <summary>What a file holds; null if it is not there.</summary>
    public async Task<byte[]?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        lock (sync)
        {
            if (kept.TryGetValue(name, out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value.Content;
            }
        }
        await using var made = await store.OpenAsync(name, cancellationToken);
        if (made is null)
        {
            return null;
        }
        var content = await File.ReadAllBytesAsync(made.Path, cancellationToken);
        Keep(name, content);
        return content;
    }

    /// <summary>Keeps what was just written under a name, in place of what had it.</summary>
    public void Keep(string name, byte[] content)
    {
        lock (sync)
        {
            if (kept.Remove(name, out var before))
            {
                byUse.Remove(before);
                bytes -= before.Value.Content.Length;
            }
            kept[name] = byUse.AddFirst((name, content));
            bytes += content.Length;
            while (bytes > mostBytes && byUse.Last is { } oldest)
            {
                byUse.RemoveLast();
                kept.Remove(oldest.Value.Name);
                bytes -= oldest.Value.Content.Length;
            }
        }
    }
}
