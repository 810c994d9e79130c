using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Hedra;

/// <summary>What was uploaded, by the whole signed address that is its name, for an hour.</summary>
public sealed class HedraUploads(Uploads uploads)
{
    private static readonly TimeSpan Lives = TimeSpan.FromHours(1);
    private readonly ConcurrentDictionary<string, (string Name, string Type, DateTimeOffset Until)> handles = new(StringComparer.Ordinal);

    /// <summary>Keeps a file.</summary>
    public async Task<(string Address, string Type, DateTimeOffset Until)> KeepAsync(IFormFile file, string origin)
    {
        var name = Guid.NewGuid().ToString("N");
        await using var bytes = file.OpenReadStream();
        var head = new byte[12];
        _ = await bytes.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false);
        bytes.Position = 0;
        await uploads.KeepAsync(name, bytes, file.FileName);
        var (type, until) = (Sniffed(head), TimeProvider.System.GetUtcNow() + Lives);
        var address = $"{origin}/hedra/uploads/{name}?X-Amz-Expires=3600&X-Amz-Signature={name}";
        handles[address] = (name, type, until);
        return (address, type, until);
    }

    /// <summary>Ends what was uploaded so far.</summary>
    public void Expire()
    {
        foreach (var (address, handle) in handles)
        {
            handles[address] = handle with { Until = TimeProvider.System.GetUtcNow() };
        }
    }

    /// <summary>The file behind an address; null: it is no upload.</summary>
    public string? FileOf(string address) => handles.TryGetValue(address, out var known) ? uploads.Find(known.Name) : null;

    /// <summary>What is wrong with the files of an input.</summary>
    public IEnumerable<(string Field, string Words, string Reason)> Faults(JsonObject input, JsonObject members)
    {
        foreach (var (name, member) in members.Where(m => m.Value!["media"] is not null))
        {
            var isList = input[name] is JsonArray;
            var references = input[name] switch { null => [], JsonArray list => list.ToList(), var one => [one] };
            for (var i = 0; i < references.Count; i++)
            {
                var field = $"input.{name}{(isList ? $"[{i}]" : "")}";
                if (Fault(references[i], member!["media"]!.ToString()) is var (words, reason))
                {
                    yield return (field, $"{field}: {words}", reason);
                }
            }
        }
    }

    private (string Words, string Reason)? Fault(JsonNode? reference, string kind)
    {
        if (reference is not JsonObject { Count: 2 } members || members["source"]?.ToString() is not ("url" or "asset"))
        {
            return ("Input should be an object with source and url or asset_id", "type");
        }
        if (members["source"]!.ToString() == "asset")
        {
            return ("no such asset", "not_found");
        }
        return !handles.TryGetValue(members["url"]?.ToString() ?? "", out var known)
            ? ("external URLs are not accepted: upload the file with POST /v3/files", "url")
            : known.Until <= TimeProvider.System.GetUtcNow()
            ? ($"the POST /v3/files url expired at {known.Until:O}. Upload the file again and submit with the fresh url.", "expired")
            : !known.Type.StartsWith(kind + "/", StringComparison.Ordinal)
            ? ($"expected {kind}, got {known.Type}", "media_type")
            : null;
    }

    // By the bytes, whatever was said of them.
    private static string Sniffed(byte[] head) => head switch
    {
        [0xFF, 0xD8, ..] => "image/jpeg",
        [0x89, 0x50, ..] => "image/png",
        [0x52, 0x49, 0x46, 0x46, _, _, _, _, 0x57, 0x45, 0x42, 0x50] => "image/webp",
        [_, _, _, _, 0x66, 0x74, 0x79, 0x70, ..] => "video/mp4",
        _ => "audio/mpeg",
    };
}
