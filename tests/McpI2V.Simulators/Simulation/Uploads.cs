using System.Collections.Concurrent;

namespace McpI2V.Simulators.Simulation;

/// <summary>Files that clients sent, by the name the vendor gave them.</summary>
public sealed class Uploads(ResultRenderer renderer)
{
    private readonly ConcurrentDictionary<string, string> files = new(StringComparer.Ordinal);

    /// <summary>Keeps a body under a name.</summary>
    public async Task KeepAsync(string name, Stream body, string fileName) => files[name] = await renderer.KeepAsync(body, fileName);

    /// <summary>Puts parts together under a name.</summary>
    public async Task JoinAsync(string name, IEnumerable<string> parts)
    {
        using var whole = new MemoryStream();
        foreach (var part in parts)
        {
            await using var file = File.OpenRead(files[part]);
            await file.CopyToAsync(whole);
        }
        whole.Position = 0;
        await KeepAsync(name, whole, name);
    }

    public string? Find(string name) => files.GetValueOrDefault(name);

    public IEnumerable<string> Below(string prefix) => files.Keys.Where(k => k.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>The file behind a reference: a data URI, an uploaded name, or an address of ours; null for anything else.</summary>
    public string? Behind(string? reference) => reference switch
    {
        null or "" => null,
        _ when reference.StartsWith("data:", StringComparison.Ordinal) => renderer.Keep(reference),
        _ when Find(reference) is { } known => known,
        _ => Find(reference[(reference.LastIndexOf('/') + 1)..]),
    };
}
