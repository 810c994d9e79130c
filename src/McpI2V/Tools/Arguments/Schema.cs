using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Media;

namespace McpI2V.Tools.Arguments;

/// <summary>Writes JSON schemas for arguments and answers.</summary>
internal static class Schema
{
    /// <summary>An object whose members are all known.</summary>
    public static JsonObject Object(string[] required, params ReadOnlySpan<(string Name, JsonObject Schema)> members)
    {
        JsonObject properties = [];
        foreach (var (name, schema) in members)
        {
            // A member list is described once and used by every call of this: a node has one parent.
            properties[name] = schema.Parent is null ? schema : schema.DeepClone();
        }
        JsonObject result = new() { ["type"] = "object", ["properties"] = properties };
        if (required.Length > 0)
        {
            result["required"] = new JsonArray([.. required.Select(r => JsonValue.Create(r))]);
        }
        result["additionalProperties"] = false;
        return result;
    }

    public static JsonObject Text(string description) => Typed("string", description);

    public static JsonObject Flag(string description) => Typed("boolean", description);

    public static JsonObject Choice<T>(string description)
        where T : struct, Enum => Choice(description, SnakeCase.Words<T>());

    public static JsonObject Choice(string description, IEnumerable<string> words)
    {
        var schema = Typed("string", description);
        schema["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]);
        return schema;
    }

    public static JsonObject Number(string description, double? low = null, double? high = null) =>
        Ranged("number", description, low, high);

    public static JsonObject Whole(string description, long? low = null, long? high = null) => Ranged("integer", description, low, high);

    public static JsonObject List(string description, JsonObject items, int? most = null)
    {
        var schema = Typed("array", description);
        schema["items"] = items;
        if (most is not null)
        {
            schema["maxItems"] = most;
        }
        return schema;
    }

    /// <summary>An object whose members depend on something else.</summary>
    public static JsonObject Open(string description) => Typed("object", description);

    /// <summary>Adds a description to a schema.</summary>
    public static JsonObject Saying(this JsonObject schema, string description)
    {
        schema["description"] = description;
        return schema;
    }

    /// <summary>The schema as the protocol takes it.</summary>
    public static JsonElement Element(this JsonObject schema)
    {
        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }

    private static JsonObject Typed(string type, string description) => new() { ["type"] = type, ["description"] = description };

    private static JsonObject Ranged(string type, string description, double? low, double? high)
    {
        var schema = Typed(type, description);
        if (low is not null)
        {
            schema["minimum"] = low;
        }
        if (high is not null)
        {
            schema["maximum"] = high;
        }
        return schema;
    }
}
