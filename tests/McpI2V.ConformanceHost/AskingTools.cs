using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>Tools that ask the client while they run, or need it to be able to do something.</summary>
internal static class AskingTools
{
    private const string Defaults =
        """
        {"message": "Please check these values", "requestedSchema": {"type": "object", "properties": {
          "name": {"type": "string", "default": "John Doe"},
          "age": {"type": "integer", "default": 30},
          "score": {"type": "number", "default": 95.5},
          "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
          "verified": {"type": "boolean", "default": true}}}}
        """;

    private const string Enums =
        """
        {"message": "Please choose", "requestedSchema": {"type": "object", "properties": {
          "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
          "titledSingle": {"type": "string", "oneOf": [{"const": "value1", "title": "First Option"}, {"const": "value2", "title": "Second Option"}, {"const": "value3", "title": "Third Option"}]},
          "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"], "enumNames": ["Option One", "Option Two", "Option Three"]},
          "untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
          "titledMulti": {"type": "array", "items": {"anyOf": [{"const": "value1", "title": "First Choice"}, {"const": "value2", "title": "Second Choice"}, {"const": "value3", "title": "Third Choice"}]}}}}}
        """;

    public static IEnumerable<FixtureTool> All()
    {
        yield return new FixtureTool(
            "test_sampling",
            """{"type": "object", "properties": {"prompt": {"type": "string"}}, "required": ["prompt"]}""",
            SampleAsync);
        yield return new FixtureTool(
            "test_elicitation",
            """{"type": "object", "properties": {"message": {"type": "string"}}, "required": ["message"]}""",
            (request, token) => ElicitAsync(request, "User response: ", new ElicitRequestParams
        {
            Message = FixtureTool.Argument(request, "message"),
            RequestedSchema = FixtureTool.Read<ElicitRequestParams.RequestSchema>(
                """{"type": "object", "properties": {"username": {"type": "string", "description": "User's response"}, "email": {"type": "string", "description": "User's email address"}}, "required": ["username", "email"]}"""),
        }, token));
        yield return new FixtureTool(
            "test_elicitation_sep1034_defaults",
            FixtureTool.NoArguments,
            (request, token) => ElicitAsync(request, "Elicitation completed: ", FixtureTool.Read<ElicitRequestParams>(Defaults), token));
        yield return new FixtureTool(
            "test_elicitation_sep1330_enums",
            FixtureTool.NoArguments,
            (request, token) => ElicitAsync(request, "Elicitation completed: ", FixtureTool.Read<ElicitRequestParams>(Enums), token));
        yield return new FixtureTool("test_reconnection", FixtureTool.NoArguments, ReconnectAsync);
        yield return FixtureTool.Of("test_missing_capability", request => request.Server.ClientCapabilities?.Sampling is null
            ? throw new MissingRequiredClientCapabilityException(
                new ClientCapabilities { Sampling = new() },
                "This tool needs a client that can sample.")
            : FixtureTool.Text("the client can sample"));
        yield return FixtureTool.Of("test_streaming_elicitation", _ => FixtureTool.Text("nothing is asked on this stream"));
    }

    private static async ValueTask<CallToolResult> SampleAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken)
    {
        if (request.Server.ClientCapabilities?.Sampling is null)
        {
            return FixtureTool.Text("the client can't sample", isError: true);
        }
        var answer = await request.Server.SampleAsync(
            new CreateMessageRequestParams
            {
                Messages = [new SamplingMessage
                {
                    Role = Role.User,
                    Content = [new TextContentBlock { Text = FixtureTool.Argument(request, "prompt") }],
                }],
                MaxTokens = 100,
            },
            cancellationToken);
        return FixtureTool.Text($"LLM response: {answer.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text}");
    }

    private static async ValueTask<CallToolResult> ElicitAsync(
        RequestContext<CallToolRequestParams> request,
        string words,
        ElicitRequestParams question,
        CancellationToken cancellationToken)
    {
        if (request.Server.ClientCapabilities?.Elicitation is null)
        {
            return FixtureTool.Text("the client can't ask its user", isError: true);
        }
        var answer = await request.Server.ElicitAsync(question, cancellationToken);
        return FixtureTool.Text(
            $"{words}action={answer.Action}, content={JsonSerializer.Serialize(answer.Content, McpJsonUtilities.DefaultOptions)}");
    }

    private static async ValueTask<CallToolResult> ReconnectAsync(
        RequestContext<CallToolRequestParams> request,
        CancellationToken cancellationToken)
    {
        await request.EnablePollingAsync(TimeSpan.FromMilliseconds(500), cancellationToken);
        await Task.Delay(200, cancellationToken);
        return FixtureTool.Text("found again");
    }
}
