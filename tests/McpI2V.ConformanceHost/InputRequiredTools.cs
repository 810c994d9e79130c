using System.Security.Cryptography;
using System.Text.Json;
using McpI2V.Access;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.ConformanceHost;

/// <summary>Tools that answer with what they must know first (SEP-2322).</summary>
internal static class InputRequiredTools
{
    private static readonly StateSigner Signer = new(new([RandomNumberGenerator.GetBytes(32)]), "fixture");

    public static IEnumerable<FixtureTool> All()
    {
        yield return FixtureTool.Of(
            "test_input_required_result_elicitation",
            request => Answer(request, "user_name") is { } name && Member(name, "name") is { Length: > 0 } known
                ? FixtureTool.Text($"Hello, {known}!")
                : throw Ask(("user_name", Name("What is your name?"))));
        yield return FixtureTool.Of("test_input_required_result_sampling", request => Answer(request, "capital_question") is { } answer
            ? FixtureTool.Text(Sampled(answer))
            : throw Ask(("capital_question", Sample("What is the capital of France?", 100))));
        yield return FixtureTool.Of("test_input_required_result_list_roots", request => Answer(request, "client_roots") is { } answer
            ? FixtureTool.Text("Roots: " + string.Join(
                ", ",
                answer.Deserialize(InputResponse.ListRootsResultJsonTypeInfo)!.Roots.Select(r => r.Uri)))
            : throw Ask(("client_roots", Roots())));
        yield return FixtureTool.Of(
            "test_input_required_result_request_state",
            request => Answer(request, "confirm") is not null && StateOf(request) == "asked"
            ? FixtureTool.Text("state-ok")
            : throw Ask("asked", ("confirm", Confirm("Please confirm"))));
        yield return FixtureTool.Of(
            "test_input_required_result_multiple_inputs",
            request => Answer(request, "user_name") is { } name
                && Answer(request, "greeting") is { } greeting
                && Answer(request, "client_roots") is not null
                && StateOf(request) == "three"
            ? FixtureTool.Text($"{Sampled(greeting)} {Member(name, "name")}")
            : throw Ask(
                "three",
                ("user_name", Name("What is your name?")),
                ("greeting", Sample("Generate a greeting", 50)),
                ("client_roots", Roots())));
        yield return FixtureTool.Of("test_input_required_result_multi_round", MultiRound);
        yield return FixtureTool.Of("test_input_required_result_tampered_state", request => request.Params!.RequestState is null
            ? throw Ask("kept", ("confirm", Confirm("Please confirm")))
            : FixtureTool.Text(StateOf(request)));
        yield return FixtureTool.Of("test_input_required_result_capabilities", Capabilities);
    }

    public static InputRequest Name(string question) => Elicit(
        $$$"""{"message": "{{{question}}}", "requestedSchema": {"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]}}""");

    public static InputRequest Confirm(string question) => Elicit(
        $$$"""{"message": "{{{question}}}", "requestedSchema": {"type": "object", "properties": {"ok": {"type": "boolean"}}, "required": ["ok"]}}""");

    public static InputRequest Elicit(string json) => InputRequest.ForElicitation(FixtureTool.Read<ElicitRequestParams>(json));

    public static string Member(InputResponse answer, string name)
    {
        try
        {
            return answer.Deserialize(InputResponse.ElicitResultJsonTypeInfo)?.Content is { } content
                && content.TryGetValue(name, out var value)
                ? value.ToString()
                : "";
        }
        catch (JsonException e)
        {
            throw new McpProtocolException("inputResponses holds an answer that is none.", e, McpErrorCode.InvalidParams);
        }
    }

    public static InputRequiredException Ask(params (string Key, InputRequest Request)[] questions) => new(questions.ToDictionary(
        q => q.Key,
        q => q.Request));

    private static InputRequiredException Ask(string state, params (string Key, InputRequest Request)[] questions) => new(
        questions.ToDictionary(q => q.Key, q => q.Request),
        Signer.Sign(state, DateTimeOffset.MaxValue));

    private static CallToolResult MultiRound(RequestContext<CallToolRequestParams> request)
    {
        if (Answer(request, "step2") is { } color && StateOf(request).StartsWith("two ", StringComparison.Ordinal))
        {
            return FixtureTool.Text($"{StateOf(request)[4..]} likes {Member(color, "color")}");
        }
        if (Answer(request, "step1") is { } name && StateOf(request) == "one")
        {
            throw Ask(
                $"two {Member(name, "name")}",
                (
                    "step2",
                    Elicit(
                        """{"message": "Step 2: What is your favorite color?", "requestedSchema": {"type": "object", "properties": {"color": {"type": "string"}}, "required": ["color"]}}""")));
        }
        throw Ask("one", ("step1", Name("Step 1: What is your name?")));
    }

    private static CallToolResult Capabilities(RequestContext<CallToolRequestParams> request)
    {
        List<(string, InputRequest)> questions = [];
        if (request.Server.ClientCapabilities?.Elicitation is not null)
        {
            questions.Add(("name", Name("What is your name?")));
        }
        if (request.Server.ClientCapabilities?.Sampling is not null)
        {
            questions.Add(("greeting", Sample("Generate a greeting", 50)));
        }
        if (request.Server.ClientCapabilities?.Roots is not null)
        {
            questions.Add(("roots", Roots()));
        }
        return request.Params!.InputResponses is { Count: > 0 } || questions.Count == 0
            ? FixtureTool.Text("answered")
            : throw Ask([.. questions]);
    }

    private static InputRequest Roots() => InputRequest.ForRootsList(new ListRootsRequestParams());

    private static InputRequest Sample(string words, int most) =>
        InputRequest.ForSampling(new CreateMessageRequestParams
        {
            Messages = [new SamplingMessage { Role = Role.User, Content = [new TextContentBlock { Text = words }] }],
            MaxTokens = most,
        });

    private static string Sampled(InputResponse answer) =>
        answer.Deserialize(InputResponse.CreateMessageResultJsonTypeInfo)!.Content.OfType<TextContentBlock>().FirstOrDefault()?.Text ?? "";

    private static InputResponse? Answer(RequestContext<CallToolRequestParams> request, string key) =>
        request.Params!.InputResponses is { } answers && answers.TryGetValue(key, out var answer) ? answer : null;

    private static string StateOf(RequestContext<CallToolRequestParams> request) =>
        Signer.Read(request.Params!.RequestState ?? "")?.Value
            ?? throw new McpProtocolException("requestState is not what this server gave out.", McpErrorCode.InvalidParams);
}
