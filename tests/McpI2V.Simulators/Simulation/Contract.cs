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
            "string" => kind == System.Text.Json.JsonValueKind.String
                || member["values"] is null && kind == System.Text.Json.JsonValueKind.Object,
            "number" => kind == System.Text.Json.JsonValueKind.Number
                || kind == System.Text.Json.JsonValueKind.String && value.ToString() == "auto",
            "boolean" => kind is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False,
            "array" => kind is System.Text.Json.JsonValueKind.Array or System.Text.Json.JsonValueKind.String,
            _ => true,
        };
    }
}
