using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Media;

namespace McpI2V.Providers.Schemas;

/// <summary>One input of a model, as its schema has it; references to other parts of the schema are followed.</summary>
internal sealed class InputMember
{
    private const int MostShown = 12;
    private const int LongestShown = 200;
    private readonly JsonObject schema;

    private InputMember(JsonObject schema) => this.schema = schema;

    /// <summary>string, integer, number, boolean, array or object; empty: the schema does not say.</summary>
    public string Type => (schema["type"] is JsonArray several
        ? several.FirstOrDefault(t => t?.ToString() != "null")
        : schema["type"])?.ToString() ?? "";

    /// <summary>True for the address of a file, or for an object that holds it.</summary>
    public bool IsFile => (schema["properties"] as JsonObject)?.ContainsKey("url") == true
        || (Type == "string" && (schema["format"]?.ToString() == "uri" || schema["media_kinds"] is not null));

    /// <summary>True for a list of addresses.</summary>
    public bool IsFiles => Type == "array"
        && schema["items"] is JsonObject items
        && items["type"]?.ToString() is null or "string"
        && schema["items"]?["enum"] is null;

    /// <summary>The only values; empty: any.</summary>
    public IReadOnlyList<string> Values =>
    [
        .. (schema["enum"] as JsonArray ?? (schema["const"] is JsonValue one ? [one.DeepClone()] : []))
            .OfType<JsonValue>()
            .Select(v => v.ToString()),
    ];

    /// <summary>What it is unless it is sent; null: it says none.</summary>
    public JsonNode? Default => schema["default"];

    /// <summary>The least number; null: any.</summary>
    public double? Minimum => Number("minimum");

    /// <summary>The greatest number; null: any.</summary>
    public double? Maximum => Number("maximum");

    /// <summary>The longest list; null: any.</summary>
    public double? MostItems => Number("maxItems");

    /// <summary>Reads an input.</summary>
    /// <param name="member">It.</param>
    /// <param name="schemas">What it may refer to.</param>
    public static InputMember Read(JsonObject member, JsonObject schemas)
    {
        var whole = new JsonObject();
        Merge(whole, member, schemas, deep: 0);
        return new InputMember(whole);
    }

    /// <summary>What is wrong with a value, as the rest of a sentence that begins with the input's name; null: nothing.</summary>
    public string? Fault(JsonNode? value)
    {
        if (Values is { Count: > 0 } values)
        {
            var text = value?.ToString() ?? "null";
            return values.Contains(text, StringComparer.Ordinal)
                ? null
                : $"is {ForeignText.Line(text, LongestShown)}, and it takes " +
                    ForeignText.Line(string.Join(", ", values.Take(MostShown)), LongestShown) + (values.Count > MostShown ? ", ..." : "");
        }
        if (value is JsonValue number && number.GetValueKind() == JsonValueKind.Number && Type is "integer" or "number")
        {
            // A number of ours may be of any type of C#.
            var amount = double.Parse(number.ToJsonString(), CultureInfo.InvariantCulture);
            return amount < Minimum || amount > Maximum || (Type == "integer" && amount != Math.Floor(amount))
                ? string.Create(CultureInfo.InvariantCulture, $"is {amount}, and it takes {Range}")
                : null;
        }
        return Fits(value) ? null : $"takes {(Type == "array" ? "a list" : $"a value of type {Type}")}";
    }

    private string Range => string.Create(
        CultureInfo.InvariantCulture,
        $"{(Type == "integer" ? "whole numbers" : "numbers")}{(Minimum is { } least ? $" from {least}" : "")}" +
            $"{(Maximum is { } most ? $" to {most}" : "")}");

    private bool Fits(JsonNode? value) => (Type, value?.GetValueKind()) switch
    {
        ("string", var kind) => kind == JsonValueKind.String,
        ("integer" or "number", var kind) => kind == JsonValueKind.Number,
        ("boolean", var kind) => kind is JsonValueKind.True or JsonValueKind.False,
        ("array", var kind) => kind == JsonValueKind.Array,
        _ => true,
    };

    private double? Number(string name) =>
        schema[name] is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    // "allOf": [{"$ref": ...}] is how a choice is written, "anyOf": [..., {"type": "null"}] how one that may be left out is.
    private static void Merge(JsonObject whole, JsonObject part, JsonObject schemas, int deep)
    {
        foreach (var (name, value) in part)
        {
            if (name is not ("$ref" or "allOf" or "anyOf" or "oneOf") && !whole.ContainsKey(name))
            {
                whole[name] = value?.DeepClone();
            }
        }
        if (deep > 4)
        {
            return;
        }
        var more = new[] { "allOf", "anyOf", "oneOf" }.SelectMany(n => part[n] as JsonArray ?? []).OfType<JsonObject>();
        if (part["$ref"]?.ToString().Split('/') is [.., var named] && schemas[named] is JsonObject meant)
        {
            more = more.Prepend(meant);
        }
        foreach (var other in more.Where(o => o["type"]?.ToString() != "null"))
        {
            Merge(whole, other, schemas, deep + 1);
        }
    }
}
