using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Media.Clips.Grammar;

/// <summary>
/// Operations and their members in a fraction of their schema's length, for a model that reads them in every conversation:
/// <c>speed{factor* 0.25..4 (2 is twice as fast),interpolate?}</c>.
/// </summary>
internal static class Usage
{
    /// <summary>How it is to be read.</summary>
    public const string Legend = "* is needed, ? true or false, a..b its range, =x unless given; seconds are 0..600; " +
        "start, end and at below 0 count from the end; for ... see the schema.";

    public static string Of(OperationDefinition operation) =>
        $"{operation.Name}{{{string.Join(',', operation.Members.Where(m => !m.IsFine).Select(Of))}" +
        $"{(operation.Members.Any(m => m.IsFine) ? ",..." : "")}}}";

    private static string Of(Member member) => member.SaidBy is not null && member.Schema()["default"] is { } usual
        ? $"{member.Name}={usual.ToJsonString().Trim('"')}"
        : Of(member.Name, member.Schema(), member.IsRequired);

    private static string Of(string name, JsonObject schema, bool isRequired)
    {
        var text = new StringBuilder(name).Append(isRequired ? "*" : "");
        if (schema["items"] is JsonObject items)
        {
            text.Append('[').Append(Inner(items)).Append(']');
        }
        if (schema["type"]?.ToString() == "boolean")
        {
            text.Append('?');
        }
        if (schema["enum"] is JsonArray words)
        {
            text.Append(':').AppendJoin('|', words.Select(w => w!.ToString()));
        }
        if (Bounds(schema) is { } bounds)
        {
            text.Append(' ').Append(bounds);
        }
        if (schema["default"] is { } otherwise)
        {
            text.Append('=').Append(otherwise.ToJsonString().Trim('"'));
        }
        if (schema["description"] is { } meaning)
        {
            text.Append(" (").Append(meaning).Append(')');
        }
        return text.ToString();
    }

    private static string Inner(JsonObject items)
    {
        if (items["properties"] is not JsonObject members)
        {
            return "";
        }
        var needed = items["required"]?.AsArray().Select(r => r!.ToString()).ToList() ?? [];
        return $"{{{string.Join(',', members.Select(m => Of(m.Key, m.Value!.AsObject(), needed.Contains(m.Key))))}}}";
    }

    // A time may be any of the clip, so its range is said once.
    private static string? Bounds(JsonObject schema)
    {
        if (schema["minimum"] is { } low && schema["maximum"] is { } high)
        {
            return high.ToString() == $"{ClipShape.Longest.TotalSeconds}" ? null : $"{low}..{high}";
        }
        return schema["maxItems"] is { } most ? $"1..{most}" : schema["maxLength"] is { } letters ? $"..{letters} letters" : null;
    }
}
