using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Mcp.Messages;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// Keeps the answers of tools that say what these depend on, as they are written: a list of models is 70 kB, asked for again and
/// again, and composing it costs more than everything else about a request.
/// </summary>
internal sealed class SteadyAnswers(Lazy<ToolServices> services, Func<Answer, CallToolResult> present, Implementation server)
{
    private const int Most = 64;

    // "true" with a million blanks behind it is true, too.
    private const int LongestKey = 1_000;
    private readonly ConcurrentDictionary<(string Tool, string Arguments, bool IsStateless), (object Standing, byte[] Result)> kept = [];

    private static JsonTypeInfo<CallToolResult> ResultType =>
        (JsonTypeInfo<CallToolResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(CallToolResult));

    /// <summary>The answer to a call of a tool; null for one that must be made.</summary>
    public async ValueTask<byte[]?> OfAsync(JsonRpcRequest request, ToolDefinition definition, CancellationToken cancellationToken)
    {
        if (definition.Standing is not { } standingOf
            || request.Params is not JsonObject parameters
            || parameters.ContainsKey("inputResponses")
            || parameters["arguments"] is not (null or JsonObject))
        {
            return null;
        }
        try
        {
            var standing = standingOf(services.Value);
            var key = (definition.Name, parameters["arguments"]?.ToJsonString() ?? "", ProtocolVersions.IsStateless(request));
            if (key.Item2.Length > LongestKey)
            {
                return null;
            }
            if (kept.TryGetValue(key, out var known) && known.Standing.Equals(standing))
            {
                ToolTelemetry.Kept(definition.Name);
                return known.Result;
            }
            var result = await MakeAsync(
                definition,
                parameters["arguments"] as JsonObject,
                ProtocolVersions.IsStateless(request),
                cancellationToken);
            if (kept.Count >= Most)
            {
                kept.Clear();
            }
            kept[key] = (standing, result);
            return result;
        }
        catch (I2VException)
        {
            // What is wrong is told where every call is answered.
            return null;
        }
    }

    private async Task<byte[]> MakeAsync(
        ToolDefinition definition,
        JsonObject? arguments,
        bool isStateless,
        CancellationToken cancellationToken)
    {
        var values = arguments?.ToDictionary(a => a.Key, a => JsonElement.Parse(a.Value?.ToJsonString() ?? "null")) ?? [];
        var answer = await definition.Call(
            services.Value,
            new ToolCall(new ArgumentReader(values), _ => Task.FromResult<IReadOnlyList<string>>([]), (_, _) => Task.CompletedTask),
            cancellationToken);
        var result = (JsonObject)JsonSerializer.SerializeToNode(present(answer), ResultType)!;
        if (isStateless)
        {
            // What the SDK adds to every result of 2026-07-28.
            result["resultType"] = "complete";
            result["_meta"] = new JsonObject { [MetaKeys.ServerInfo] = JsonSerializer.SerializeToNode(
                server,
                (JsonTypeInfo<Implementation>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Implementation))) };
        }
        return JsonSerializer.SerializeToUtf8Bytes(
            result,
            (JsonTypeInfo<JsonObject>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(JsonObject)));
    }
}
