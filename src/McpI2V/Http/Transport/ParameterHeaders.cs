using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Access;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol.Protocol;

namespace McpI2V.Http.Transport;

/// <summary>
/// Arguments that ride in a header too, where a tool's schema asks for it by <c>x-mcp-header</c> (SEP-2243): header and body must say the
/// same.
/// </summary>
internal static class ParameterHeaders
{
    private const string Prefix = "Mcp-Param-";

    // Whole numbers are compared as numbers, within what JavaScript holds exactly.
    private const decimal LargestInteger = 9_007_199_254_740_991;

    /// <summary>The first thing that is wrong; null if nothing is.</summary>
    /// <param name="request">The call.</param>
    /// <param name="schema">What the tool takes.</param>
    /// <param name="arguments">What the body passes to it.</param>
    public static RpcFault? Fault(HttpRequest request, JsonElement schema, JsonObject? arguments)
    {
        if (schema.ValueKind != JsonValueKind.Object
            || !schema.TryGetProperty("properties", out var properties)
            || properties.ValueKind != JsonValueKind.Object)
        {
            return null;
        }
        foreach (var property in properties.EnumerateObject().Where(p => p.Value.ValueKind == JsonValueKind.Object))
        {
            var value = arguments?[property.Name];
            var fault = property.Value.TryGetProperty("x-mcp-header", out var name) && name.GetString() is { Length: > 0 } header
                ? OfOne(request, Prefix + header, property.Value, value)
                : Fault(request, property.Value, value as JsonObject);
            if (fault is not null)
            {
                return fault;
            }
        }
        return null;
    }

    private static RpcFault? OfOne(HttpRequest request, string header, JsonElement schema, JsonNode? value)
    {
        if (request.Headers[header] is not [{ } said])
        {
            return value is null
                ? null
                : RpcFault.Mismatch(
                    $"The header {RpcErrors.Shown(header)} is missing, and the body passes the argument that it stands for.");
        }
        if (McpHeaderEncoder.DecodeValue(said.Trim()) is not { } plain)
        {
            return RpcFault.Mismatch($"The header {RpcErrors.Shown(header)} is not written as the protocol asks.");
        }
        var expected = value is null ? null : McpHeaderEncoder.DecodeValue(McpHeaderEncoder.ConvertToHeaderValue(value));
        return expected is not null && Same(plain, expected, schema)
            ? null
            : RpcFault.Mismatch($"The header {RpcErrors.Shown(header)} and the body's argument differ.");
    }

    private static bool Same(string said, string expected, JsonElement schema) =>
        schema.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && type.ValueEquals("integer")
            ? Whole(said) is { } a && Whole(expected) is { } b && a == b
            : said == expected;

    private static decimal? Whole(string text) =>
        decimal.TryParse(text, NumberStyles.Number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number)
            && decimal.IsInteger(number)
            && Math.Abs(number) <= LargestInteger
            ? number
            : null;
}
