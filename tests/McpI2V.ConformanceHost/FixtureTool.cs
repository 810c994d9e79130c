using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>A tool by name, JSON Schema and what it does.</summary>
internal sealed class FixtureTool(
    string name,
    string schema,
    Func<RequestContext<CallToolRequestParams>, CancellationToken, ValueTask<CallToolResult>> call) : McpServerTool
{
    public const string NoArguments = """{"type": "object", "properties": {}}""";

    public override Tool ProtocolTool { get; } = new()
    {
        Name = name,
        Description = $"A fixture of the conformance suite: {name}.",
        InputSchema = JsonElement.Parse(schema),
    };

    public override IReadOnlyList<object> Metadata => [];

    public static FixtureTool Of(
        string name,
        Func<RequestContext<CallToolRequestParams>, CallToolResult> call,
        string schema = NoArguments) => new(name, schema, (request, _) => ValueTask.FromResult(call(request)));

    public override ValueTask<CallToolResult> InvokeAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken = default) => call(request, cancellationToken);

    public static CallToolResult Text(string text, bool isError = false) => new()
    {
        Content = [new TextContentBlock { Text = text }],
        IsError = isError,
    };

    public static T Read<T>(string json) => JsonSerializer.Deserialize<T>(json, McpJsonUtilities.DefaultOptions)!;

    public static string Argument(RequestContext<CallToolRequestParams> request, string name) =>
        request.Params!.Arguments is { } arguments && arguments.TryGetValue(name, out var value) ? value.ToString() : "";
}
