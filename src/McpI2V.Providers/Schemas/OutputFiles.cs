using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Providers.Schemas;

/// <summary>Finds files in an output, which has any shape: an address, a list of them, or an object of either.</summary>
internal static class OutputFiles
{
    private const int Deepest = 6;

    /// <summary>Every address, in order.</summary>
    public static IEnumerable<Uri> Addresses(JsonNode? output, int deep = 0) => output switch
    {
        _ when deep > Deepest => [],
        JsonArray list => list.SelectMany(item => Addresses(item, deep + 1)),
        JsonObject members => members.SelectMany(m => Addresses(m.Value, deep + 1)),
        JsonValue value when value.GetValueKind() == JsonValueKind.String
            && Uri.TryCreate(value.ToString(), UriKind.Absolute, out var address)
            && address.Scheme is "https" or "http" => [address],
        _ => [],
    };
}
