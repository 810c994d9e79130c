using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Text.Unicode;

namespace McpI2V.Providers.Http;

/// <summary>
/// Reads JSON as providers and the gateways before them write it: a name twice counts as the last one, bytes that are no UTF-8
/// are read as Latin-1, half a letter as none. An answer that names a paid task must not be thrown away for its form.
/// </summary>
public static partial class LenientJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    /// <summary>The object; null if it is none.</summary>
    public static JsonObject? Read(byte[] bytes)
    {
        try
        {
            using var document = Utf8.IsValid(bytes) && bytes.AsSpan().IndexOf("\\u"u8) < 0
                ? JsonDocument.Parse(WithoutMark(bytes), Options)
                : JsonDocument.Parse(Escapes().Replace(Text(bytes), e => e.Groups["half"].Success ? @"\uFFFD" : e.Value), Options);
            return Node(document.RootElement) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The object in a file; null if there is no such file, or it holds none.</summary>
    public static async Task<JsonObject?> ReadAsync(string? path, CancellationToken cancellationToken = default) =>
        path is null || !File.Exists(path) ? null : Read(await File.ReadAllBytesAsync(path, cancellationToken));

    private static string Text(byte[] bytes) =>
        Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(WithoutMark(bytes).Span) : Encoding.Latin1.GetString(bytes);

    // Every escape, so that an escaped backslash is not taken for the start of another; half of a surrogate pair is no letter.
    [GeneratedRegex(
        @"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(?<half>u[dD][89a-fA-F][0-9a-fA-F]{2})|.)",
        RegexOptions.Singleline)]
    private static partial Regex Escapes();

    private static ReadOnlyMemory<byte> WithoutMark(byte[] bytes) => bytes.AsSpan().StartsWith("\uFEFF"u8) ? bytes.AsMemory(3) : bytes;

    private static JsonNode? Node(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                JsonObject members = [];
                foreach (var member in element.EnumerateObject())
                {
                    members[member.Name] = Node(member.Value);
                }
                return members;
            case JsonValueKind.Array:
                return new JsonArray([.. element.EnumerateArray().Select(Node)]);
            case JsonValueKind.Null:
                return null;
            default:
                return JsonValue.Create(element.Clone());
        }
    }
}
