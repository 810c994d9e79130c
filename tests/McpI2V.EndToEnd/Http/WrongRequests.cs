namespace McpI2V.EndToEnd.Http;

/// <summary>Requests that are not as the protocol has them.</summary>
public sealed class WrongRequests
{
    // What comes in wrong: the request, and the exact refusal.
    public static TheoryData<string, string, string?, string[], int, int> Wrong => new()
    {
        { "no token", "POST", Requests.List, ["Authorization="], 401, -32000 },
        { "a wrong token", "POST", Requests.List, ["Authorization=Bearer i2v_wrong"], 401, -32000 },
        { "a token in another scheme", "POST", Requests.List, ["Authorization=Basic aTJ2OmkydjEyMzQ1"], 401, -32000 },
        { "an empty token", "POST", Requests.List, ["Authorization=Bearer "], 401, -32000 },
        { "a foreign page", "POST", Requests.List, ["Origin=https://evil.example"], 403, -32000 },
        { "a page without a host", "POST", Requests.List, ["Origin=null"], 403, -32000 },
        { "a rebound name", "POST", Requests.List, ["Host=evil.example"], 403, -32000 },
        { "a rebound name on our port", "POST", Requests.List, ["Host=127.0.0.1.nip.io"], 403, -32000 },
        { "malformed JSON", "POST", "{", [], 400, -32700 },
        { "no body", "POST", "", [], 400, -32700 },
        { "a text", "POST", "\"hello\"", [], 400, -32600 },
        { "a batch", "POST", $"[{Requests.List}]", [], 400, -32600 },
        { "a null id", "POST", """{"jsonrpc":"2.0","id":null,"method":"tools/list"}""", [], 400, -32600 },
        { "another JSON-RPC", "POST", """{"jsonrpc":"1.0","id":1,"method":"tools/list"}""", [], 400, -32600 },
        { "nested far too deep", "POST", new string('[', 5000), [], 400, -32700 },
        { "no Accept", "POST", Requests.List, ["Accept="], 406, -32000 },
        { "JSON alone", "POST", Requests.List, ["Accept=application/json"], 406, -32000 },
        { "a stream alone", "POST", Requests.List, ["Accept=text/event-stream"], 406, -32000 },
        { "another type", "POST", Requests.List, ["Content-Type=text/plain"], 415, -32000 },
        { "no session", "POST", Requests.List, [], 400, -32000 },
        { "a guessed session", "POST", Requests.List, ["Mcp-Session-Id=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], 404, -32001 },
        { "a version of yesterday", "POST", Requests.List, ["MCP-Protocol-Version=1999-01-01"], 400, -32022 },
        { "a version of tomorrow", "POST", Requests.List, ["MCP-Protocol-Version=2999-01-01"], 400, -32022 },
        { "a version that the handshake contradicts", "POST", Requests.Initialize, ["MCP-Protocol-Version=2025-11-25"], 400, -32020 },
        { "no stream without a session", "GET", null, [], 400, -32000 },
        { "a stream of a guessed session", "GET", null, ["Mcp-Session-Id=guessed"], 404, -32001 },
        { "a stream without its type", "GET", null, ["Accept=application/json", "Mcp-Session-Id=guessed"], 406, -32000 },
        { "the end of a guessed session", "DELETE", null, ["Mcp-Session-Id=guessed"], 404, -32001 },
        { "stateless without a method header", "POST", Requests.StatelessList, ["MCP-Protocol-Version=2026-07-28"], 400, -32020 },
        {
            "stateless with another method",
            "POST",
            Requests.StatelessList,
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call"],
            400,
            -32020
        },
        { "stateless without metadata", "POST", Requests.List, ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/list"], 400, -32602 },
        { "stateless metadata without its header", "POST", Requests.StatelessList, [], 400, -32020 },
        { "stateless metadata under an older header", "POST", Requests.StatelessList, ["MCP-Protocol-Version=2025-11-25"], 400, -32020 },
        {
            "stateless without capabilities",
            "POST",
            """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""",
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/list"],
            400,
            -32602
        },
        {
            "a stateless handshake",
            "POST",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\",\"params\":{" + Requests.Meta + "}}",
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=initialize"],
            404,
            -32601
        },
        {
            "an unknown method",
            "POST",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/eat\",\"params\":{" + Requests.Meta + "}}",
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/eat"],
            404,
            -32601
        },
        {
            "a call without a name",
            "POST",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_models\"," + Requests.Meta + "}}",
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call"],
            400,
            -32020
        },
        {
            "a call under another name",
            "POST",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_models\"," + Requests.Meta + "}}",
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call", "Mcp-Name=cancel_job"],
            400,
            -32020
        },
        {
            "a name that is no base64",
            "POST",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_models\"," + Requests.Meta + "}}",
            ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call", "Mcp-Name==?base64?***?="],
            400,
            -32020
        },
        { "a stateless stream", "GET", null, ["MCP-Protocol-Version=2026-07-28"], 405, -32000 },
        { "a stateless end", "DELETE", null, ["MCP-Protocol-Version=2026-07-28"], 405, -32000 },
    };

    [Fact]
    public async Task What_comes_in_wrong_gets_the_refusal_that_the_protocol_names()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        List<string> faults = [];

        foreach (var row in Wrong)
        {
            var (what, method, body, headers, status, code) = row.Data;
            var pairs = headers.Select(h => h.Split('=', 2)).Select(h => (h[0], h[1].Length == 0 ? null : h[1])).ToArray();
            var (gotStatus, json, response) = await server.SendAsync(new HttpMethod(method), "mcp", body, pairs);
            var gotCode = json?["error"]?["code"]?.GetValue<int>();
            if (gotStatus != status || gotCode != code || response.Headers.Contains("Server"))
            {
                faults.Add($"{what}: {gotStatus} and {gotCode}, not {status} and {code}: {json?["error"]?["message"]}");
            }
        }

        Assert.True(Wrong.Count >= 40, $"{Wrong.Count} attacks");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }
}
