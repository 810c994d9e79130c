using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Mcp.Messages;
using McpI2V.Tools;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Calls;

/// <summary>
/// The tools' descriptions as the build wrote them beside the program: composing eleven schemas anew costs a cold start
/// about forty milliseconds, reading them a few. Without the file they are composed.
/// </summary>
internal static class ToolManifest
{
    private static string Path => System.IO.Path.Combine(AppContext.BaseDirectory, "tools.json");

    private static JsonTypeInfo<Tool> ToolType => (JsonTypeInfo<Tool>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(Tool));

    /// <summary>The descriptions, composed if there is no such file.</summary>
    public static ListToolsResult Read()
    {
        McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InitializeResult));
        var tools = FromFile() ?? [.. ToolList.All().Select(definition => definition.Describe())];
        var result = new ListToolsResult { Tools = tools, TimeToLive = ListLifetime.Length, CacheScope = CacheScope.Public };
        // Writing it once here, beside the start of the server, prepares what the first real answer needs.
        JsonSerializer.SerializeToUtf8Bytes(
            result,
            (JsonTypeInfo<ListToolsResult>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(ListToolsResult)));
        return result;
    }

    private static List<Tool>? FromFile()
    {
        try
        {
            return [.. File.ReadLines(Path).Select(line => JsonSerializer.Deserialize(line, ToolType)!)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes them, one a line.</summary>
    public static void Write() =>
        File.WriteAllLines(Path, ToolList.All().Select(definition => JsonSerializer.Serialize(definition.Describe(), ToolType)));
}
