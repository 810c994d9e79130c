using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine.Planning;

namespace McpI2V.Tools.Arguments;

/// <summary>Writes the JSON schemas of arguments.</summary>
internal static class Schemas
{
    /// <summary>A tool's input: an object of these arguments and no others.</summary>
    public static JsonObject Input(IEnumerable<IArgument> arguments)
    {
        JsonObject properties = [];
        List<string> required = [];
        foreach (var argument in arguments)
        {
            properties[argument.Name] = argument.Schema();
            if (argument.IsRequired)
            {
                required.Add(argument.Name);
            }
        }
        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties };
        if (required.Count > 0)
        {
            schema["required"] = TextList.ToJson(required);
        }
        schema["additionalProperties"] = false;
        return schema;
    }

    /// <summary>A value of a JSON type.</summary>
    public static JsonObject Typed(string type, string? description = null)
    {
        JsonObject schema = new() { ["type"] = type };
        if (description is not null)
        {
            schema["description"] = description;
        }
        return schema;
    }

    /// <summary>A text.</summary>
    public static JsonObject Text(string description, int? longest)
    {
        var schema = Typed("string", description);
        if (longest is not null)
        {
            schema["maxLength"] = longest;
        }
        return schema;
    }

    /// <summary>One of some words.</summary>
    public static JsonObject Choice(string? description, IEnumerable<string> words)
    {
        var schema = Typed("string", description);
        schema["enum"] = new JsonArray([.. words.Select(w => JsonValue.Create(w))]);
        return schema;
    }

    /// <summary>A number or whole number in a range.</summary>
    public static JsonObject Number(string type, string? description, double low, double? high = null)
    {
        var schema = Typed(type, description);
        schema["minimum"] = low;
        if (high is not null)
        {
            schema["maximum"] = high;
        }
        return schema;
    }

    /// <summary>A list.</summary>
    public static JsonObject List(string description, JsonObject items, int most)
    {
        var schema = Typed("array", description);
        (schema["items"], schema["maxItems"]) = (items, most);
        return schema;
    }

    /// <summary>The schema as the protocol takes it.</summary>
    public static JsonElement ToElement(this JsonObject schema) => JsonElement.Parse(schema.ToJsonString());
}
