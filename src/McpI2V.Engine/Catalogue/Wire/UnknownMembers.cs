using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace McpI2V.Engine.Catalogue.Wire;

/// <summary>Finds what nobody reads in a JSON text: a slip in a name would be ignored, and the request spelt without it.</summary>
internal static class UnknownMembers
{
    /// <summary>Every member that is none of its type, where it stands and what is known there.</summary>
    /// <param name="node">The text.</param>
    /// <param name="type">What it is read to; what a converter reads is the converter's.</param>
    /// <param name="more">What else is known where a type keeps unknown members for somebody.</param>
    /// <param name="at">Where the text stands.</param>
    public static IEnumerable<(string Path, IReadOnlyList<string> Known)> In(
        JsonNode? node,
        JsonTypeInfo type,
        IReadOnlyList<string> more,
        string at = "") => (node, type.Kind) switch
        {
            (JsonObject members, JsonTypeInfoKind.Object) => InObject(members, type, more, at),
            (JsonObject members, JsonTypeInfoKind.Dictionary) =>
                members.SelectMany(m => In(m.Value, Info(type, type.ElementType), more, $"{at}.{m.Key}")),
            (JsonArray items, JsonTypeInfoKind.Enumerable) =>
                items.SelectMany((item, i) => In(item, Info(type, type.ElementType), more, $"{at}[{i}]")),
            _ => [],
        };

    private static IEnumerable<(string Path, IReadOnlyList<string> Known)> InObject(
        JsonObject members,
        JsonTypeInfo type,
        IReadOnlyList<string> more,
        string at)
    {
        var read = type.Properties.Where(p => !p.IsExtensionData && p.Set is not null).ToDictionary(p => p.Name, StringComparer.Ordinal);
        string[] known = type.Properties.Any(p => p.IsExtensionData) ? [.. read.Keys, .. more] : [.. read.Keys];
        return members.SelectMany(m =>
        {
            var path = at.Length == 0 ? m.Key : $"{at}.{m.Key}";
            return read.TryGetValue(m.Key, out var property)
                ? In(m.Value, Info(type, property.PropertyType), more, path)
                : known.Contains(m.Key) ? [] : [(path, known)];
        });
    }

    private static JsonTypeInfo Info(JsonTypeInfo type, Type? of) => type.Options.GetTypeInfo(of ?? typeof(string));
}
