using Microsoft.Extensions.Logging;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>Tools that answer with each kind of content, with progress, with logging, with an error.</summary>
internal static class ContentTools
{
    // A red pixel, and a tenth of a second of silence.
    public static readonly byte[] Pixel = Convert.FromBase64String(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGP4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC");

    private static readonly byte[] Silence =
    [
        .. "RIFF"u8,
        0x44,
        3,
        0,
        0,
        .. "WAVEfmt "u8,
        16,
        0,
        0,
        0,
        1,
        0,
        1,
        0,
        0x40,
        0x1F,
        0,
        0,
        0x40,
        0x1F,
        0,
        0,
        1,
        0,
        8,
        0,
        .. "data"u8,
        0x20,
        3,
        0,
        0,
        .. Enumerable.Repeat((byte)0x80, 800),
    ];

    private const string Schema2020 =
        """
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "type": "object",
          "$defs": {
            "address": {
              "$anchor": "addressDef",
              "type": "object",
              "properties": { "street": { "type": "string" }, "city": { "type": "string" } }
            }
          },
          "properties": {
            "name": { "type": "string" },
            "address": { "$ref": "#/$defs/address" },
            "contactMethod": { "type": "string", "enum": ["phone", "email"] },
            "phone": { "type": "string" },
            "email": { "type": "string" }
          },
          "allOf": [{ "anyOf": [{ "required": ["phone"] }, { "required": ["email"] }] }],
          "if": { "properties": { "contactMethod": { "const": "phone" } }, "required": ["contactMethod"] },
          "then": { "required": ["phone"] },
          "else": { "required": ["email"] },
          "additionalProperties": false
        }
        """;

    public static IEnumerable<FixtureTool> All()
    {
        yield return FixtureTool.Of("test_simple_text", _ => FixtureTool.Text("This is a simple text response for testing."));
        yield return FixtureTool.Of(
            "test_image_content",
            _ => new CallToolResult { Content = [ImageContentBlock.FromBytes(Pixel, "image/png")] });
        yield return FixtureTool.Of(
            "test_audio_content",
            _ => new CallToolResult { Content = [AudioContentBlock.FromBytes(Silence, "audio/wav")] });
        yield return FixtureTool.Of(
            "test_embedded_resource",
            _ => new CallToolResult
            {
                Content = [Embedded("test://embedded-resource", "text/plain", "This is an embedded resource content.")],
            });
        yield return FixtureTool.Of("test_multiple_content_types", _ => new CallToolResult
        {
            Content =
            [
                new TextContentBlock { Text = "Multiple content types test:" },
                ImageContentBlock.FromBytes(Pixel, "image/png"),
                Embedded("test://mixed-content-resource", "application/json", """{"test":"data","value":123}"""),
            ],
        });
        yield return FixtureTool.Of(
            "test_error_handling",
            _ => FixtureTool.Text("This tool intentionally returns an error for testing", isError: true));
        yield return new FixtureTool("test_tool_with_progress", FixtureTool.NoArguments, ProgressAsync);
        yield return new FixtureTool("test_tool_with_logging", FixtureTool.NoArguments, LogAsync);
        yield return FixtureTool.Of("test_logging_tool", request =>
        {
            LoggerOf(request).LogInformation("A line for those who asked for it.");
            return FixtureTool.Text("logged");
        });
        yield return FixtureTool.Of("json_schema_2020_12_tool", _ => FixtureTool.Text("validated"), Schema2020);
        yield return FixtureTool.Of(
            "test_header_parameter",
            request => FixtureTool.Text($"region {FixtureTool.Argument(request, "region")}"),
            """{"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}, "priority": {"type": "integer", "x-mcp-header": "Priority"}}, "required": ["region"]}""");
    }

    public static EmbeddedResourceBlock Embedded(string uri, string type, string text) => new()
    {
        Resource = new TextResourceContents { Uri = uri, MimeType = type, Text = text },
    };

    private static async ValueTask<CallToolResult> ProgressAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken)
    {
        foreach (var progress in new[] { 0, 50, 100 })
        {
            if (request.Params!.ProgressToken is { } token)
            {
                await request.Server.NotifyProgressAsync(
                    token,
                    new ProgressNotificationValue { Progress = progress, Total = 100 },
                    cancellationToken: cancellationToken);
            }
            await Task.Delay(50, cancellationToken);
        }
        return FixtureTool.Text("done");
    }

    private static async ValueTask<CallToolResult> LogAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken)
    {
        var log = LoggerOf(request);
        log.LogInformation("Tool execution started");
        await Task.Delay(50, cancellationToken);
        log.LogInformation("Tool processing data");
        await Task.Delay(50, cancellationToken);
        log.LogInformation("Tool execution completed");
        return FixtureTool.Text("done");
    }

    private static ILogger LoggerOf(RequestContext<CallToolRequestParams> request) =>
        request.Server.AsClientLoggerProvider().CreateLogger("fixture");
}
