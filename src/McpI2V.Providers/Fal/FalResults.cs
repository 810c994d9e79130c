using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;


namespace McpI2V.Providers.Fal;

/// <summary>Finds the files in a result: <c>{video: {url}}</c>, <c>{images: [{url}]}</c>, <c>{audio: {url}}</c>.</summary>
internal static class FalResults
{
    private static readonly (string Member, MediaKind Kind)[] Members =
    [
        ("video", MediaKind.Clip), ("videos", MediaKind.Clip), ("images", MediaKind.Still), ("image", MediaKind.Still), (
            "audio",
            MediaKind.Audio), ("audio_file", MediaKind.Audio),
    ];

    /// <summary>The files of a result.</summary>
    /// <param name="result">The result.</param>
    /// <param name="member">The member that holds them; null: the first that is known.</param>
    public static IReadOnlyList<RemoteOutput> Outputs(JsonObject result, string? member)
    {
        foreach (var (name, kind) in Members.Where(m => member is null || m.Member == member))
        {
            List<RemoteOutput> found = [.. Files(result[name]).Select(url => new RemoteOutput(kind, url))];
            if (found.Count > 0)
            {
                return found;
            }
        }
        return [];
    }

    private static IEnumerable<Uri> Files(JsonNode? node) => node switch
    {
        JsonArray list => list.SelectMany(Files),
        JsonObject file when Uri.TryCreate(file["url"]?.ToString(), UriKind.Absolute, out var url) => [url],
        _ => [],
    };
}
