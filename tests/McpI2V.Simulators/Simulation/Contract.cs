using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Simulation;

/// <summary>What a request must look like, from the vendor's own typings: required members, known members, allowed values, types.</summary>
public static class Contract
{
    /// <summary>Reads an embedded contract.</summary>
    public static JsonObject Read(string name)
    {
        using var stream = typeof(Contract).Assembly.GetManifestResourceStream(name)!;
        return JsonNode.Parse(stream)!["endpoints"]!.AsObject();
    }

    /// <summary>The first thing that is wrong with a request; null if nothing is.</summary>
    public static (string Member, string Words, string Type)? Fault(JsonObject body, JsonObject members)
    {
        foreach (var (name, member) in members)
        {
            if (member!["required"] is not null && body[name] is null)
            {
                return (name, "Field required", "missing");
            }
        }
        foreach (var (name, value) in body)
        {
            if (members[name] is not JsonObject member)
            {
                return (name, "Extra inputs are not permitted", "extra_forbidden");
            }
            if (value is not null && !Fits(value, member))
            {
                return (name, $"Input should " +
                    $"be {(member["values"] is JsonArray values ? string.Join(" or ", values.Select(v => $"'{v}'")) : "a valid " +
                    member["type"])}", "literal_error");
            }
        }
        return null;
    }

    private static bool Fits(JsonNode value, JsonObject member)
    {
        var kind = value.GetValueKind();
        if (member["values"] is JsonArray values)
        {
            return values.Any(v => v!.GetValueKind() == kind && v.ToString() == value.ToString());
        }
        return member["type"]!.ToString() switch
        {
            "string" => kind == JsonValueKind.String
                || member["values"] is null && kind == JsonValueKind.Object,
            "number" => kind == JsonValueKind.Number
                || kind == JsonValueKind.String && value.ToString() == "auto",
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => kind is JsonValueKind.Array or JsonValueKind.String,
            _ => true,
        };
    }

    /// <summary>What is wrong with an input that is held against ranges, choices and kinds of files too; null: nothing.</summary>
    public static string? InputFault(JsonObject input, JsonObject members)
    {
        foreach (var (name, member) in members)
        {
            if (member!["required"] is not null && input[name] is null)
            {
                return $"- input: {name} is required\n";
            }
        }
        foreach (var (name, value) in input)
        {
            if (members[name] is not JsonObject member)
            {
                return $"- input: Additional property {name} is not allowed\n";
            }
            if (!FitsRange(value, member))
            {
                return $"- input.{name}: {value} does not match {member.ToJsonString()}\n";
            }
        }
        return null;
    }

    /// <summary>The members as a closed JSON Schema.</summary>
    /// <param name="members">The members.</param>
    /// <param name="ofFile">What marks the address of a file.</param>
    public static JsonObject Schema(JsonObject members, Action<JsonObject, string> ofFile)
    {
        var properties = new JsonObject();
        foreach (var (name, member) in members)
        {
            var told = new JsonObject { ["type"] = member!["type"]!.ToString() };
            foreach (var (ours, theirs) in new[] { ("values", "enum"), ("default", "default"), ("min", "minimum"), ("max", "maximum") })
            {
                if (member[ours] is { } value)
                {
                    told[theirs] = value.DeepClone();
                }
            }
            if (told["type"]!.ToString() == "array")
            {
                told["items"] = new JsonObject { ["type"] = "string" };
                told["maxItems"] = member["most"]?.DeepClone() ?? 10;
            }
            if (member["uri"]?.ToString() is { } kind)
            {
                ofFile(told, kind);
            }
            properties[name] = told;
        }
        return new JsonObject
        {
            ["type"] = "object",
            ["additionalProperties"] = false,
            ["required"] = new JsonArray([.. members.Where(m => m.Value!["required"] is not null).Select(m => (JsonNode)m.Key)]),
            ["properties"] = properties,
        };
    }

    private static bool FitsRange(JsonNode? value, JsonObject member)
    {
        var kind = value?.GetValueKind();
        var isType = member["type"]!.ToString() switch
        {
            "integer" => kind == JsonValueKind.Number && (double)value! == Math.Floor((double)value!),
            "number" => kind == JsonValueKind.Number,
            "boolean" => kind is JsonValueKind.True or JsonValueKind.False,
            "array" => kind == JsonValueKind.Array && value!.AsArray().All(IsFile),
            _ => kind == JsonValueKind.String && (member["uri"] is null || IsFile(value)),
        };
        return isType
            && (member["values"] is not JsonArray values || values.Any(v => JsonNode.DeepEquals(v, value)))
            && (member["min"] is null || (double)value! >= (double)member["min"]!)
            && (member["max"] is null || (double)value! <= (double)member["max"]!);
    }

    private static bool IsFile(JsonNode? value) => value?.ToString() is { } text
        && (text.StartsWith("http", StringComparison.Ordinal) || text.StartsWith("data:", StringComparison.Ordinal));
}
