using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Clients;

/// <summary>Messages that are none: each is answered with what is wrong, and the server goes on.</summary>
public sealed class MalformedMessages
{
    private const int NoJson = -32700;
    private const int NoRequest = -32600;
    private const int NoMethod = -32601;
    private const int NoParameters = -32602;

    private const string Meta =
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";

    // What it is, how it is written (#M stands for the metadata of 2026-07-28), the code, the id that can be read.
    private static readonly (string What, string Body, int Code, string? Id)[] Bodies =
    [
        ("nothing but blanks", "  \r ", NoJson, null),
        ("a brace", "{", NoJson, null),
        ("a word", "hello", NoJson, null),
        ("half a text", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools", NoJson, "7"),
        ("a comma too many", """{"jsonrpc":"2.0","id":7,"method":"tools/list",}""", NoJson, "7"),
        ("a comment", """{"jsonrpc":"2.0","id":7,/*x*/"method":"tools/list"}""", NoJson, "7"),
        ("single quotes", "{'jsonrpc':'2.0'}", NoJson, null),
        ("no number", """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"a":NaN}}""", NoJson, "7"),
        ("a number with a zero before it", """{"jsonrpc":"2.0","id":07,"method":"tools/list"}""", NoJson, null),
        ("something behind the message", """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}} x""", NoJson, "7"),
        (
            "a second message behind it",
            """{"jsonrpc":"2.0","id":7,"method":"tools/list"}{"jsonrpc":"2.0","id":8,"method":"tools/list"}""",
            NoJson,
            "7"),
        ("a carriage return between two",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\"}\r{\"jsonrpc\":\"2.0\",\"id\":8,\"method\":\"tools/list\"}", NoJson,
                "7"),
        ("a NUL", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/\0list\"}", NoJson, "7"),
        ("nested far too deep", new string('[', 5000), NoJson, null),
        ("parameters nested too deep", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"a\":" + new string('[', 100) +
            new string(']', 100) + "}}", NoJson, "7"),
        (
            "half a character",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":{"kind":"\ud800"},#M}}""",
            NoJson,
            "7"),
        (
            "the second half of a character",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":{"kind":"\udc00 a"},#M}}""",
            NoJson,
            "7"),
        (
            "two first halves",
            """{"jsonrpc":"2.0","method":"tools/call","params":{"name":"list_models","arguments":{"kind":"\ud83d\ud83d"},#M},"id":"late"}""",
            NoJson,
            "\"late\""),
        (
            "half a character in a name",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":{"\ud800":1},#M}}""",
            NoJson,
            "7"),
        ("half a character in the method", """{"jsonrpc":"2.0","id":7,"method":"tools/\ud800"}""", NoJson, "7"),
        ("half a character in the id", """{"jsonrpc":"2.0","id":"\ud800","method":"tools/list"}""", NoJson, null),
        ("bytes that are no UTF-8",
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"a\":\"\u00FF\u00FE\"}}",
            NoJson, null),
        ("an overlong character", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"\u00C0\u00AF\"}", NoJson, null),
        ("the method twice", """{"jsonrpc":"2.0","id":7,"method":"tools/list","method":"tools/call"}""", NoRequest, "7"),
        (
            "an argument twice",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"cancel_job","arguments":{"id":"job-1","id":"job-2"},#M}}""",
            NoRequest,
            "7"),
        (
            "an argument twice, once escaped",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"cancel_job","arguments":{"id":"job-1","\u0069d":"job-2"},#M}}""",
            NoRequest,
            "7"),
        ("the metadata twice", """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{},"_meta":{}}}""", NoRequest, "7"),
        ("a batch", """[{"jsonrpc":"2.0","id":7,"method":"tools/list"}]""", NoRequest, null),
        ("an empty batch", "[]", NoRequest, null),
        ("a text", "\"hello\"", NoRequest, null),
        ("a number", "12", NoRequest, null),
        ("null", "null", NoRequest, null),
        ("an empty object", "{}", NoRequest, null),
        ("another JSON-RPC", """{"jsonrpc":"1.0","id":7,"method":"tools/list"}""", NoRequest, "7"),
        ("a version that is a number", """{"jsonrpc":2.0,"id":7,"method":"tools/list"}""", NoRequest, "7"),
        ("no version", """{"id":7,"method":"tools/list"}""", NoRequest, "7"),
        ("a null id", """{"jsonrpc":"2.0","id":null,"method":"tools/list"}""", NoRequest, null),
        ("an id that is a list", """{"jsonrpc":"2.0","id":[1],"method":"tools/list"}""", NoRequest, null),
        ("an id that is an object", """{"jsonrpc":"2.0","id":{"a":1},"method":"tools/list"}""", NoRequest, null),
        ("an id that is true", """{"jsonrpc":"2.0","id":true,"method":"tools/list"}""", NoRequest, null),
        ("an id that is no whole number", """{"jsonrpc":"2.0","id":1.5,"method":"tools/list"}""", NoRequest, null),
        ("an id beyond all numbers", """{"jsonrpc":"2.0","id":1e999,"method":"tools/list"}""", NoRequest, null),
        ("an id of 300 letters",
            "{\"jsonrpc\":\"2.0\",\"id\":\"" + new string('i', 300) + "\",\"method\":\"tools/list\"}",
            NoRequest, null),
        ("a method that is a number", """{"jsonrpc":"2.0","id":7,"method":5}""", NoRequest, "7"),
        ("a method that is null", """{"jsonrpc":"2.0","id":7,"method":null}""", NoRequest, "7"),
        ("a method of 10,000 letters", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"" + new string('m', 10_000) + "\"}", NoRequest, "7"),
        ("neither method nor result", """{"jsonrpc":"2.0","id":7}""", NoRequest, "7"),
        ("a list of 200,000 numbers", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{\"a\":[" +
            string.Join(',', Enumerable.Repeat("1", 200_000)) + "]}}", NoRequest, "7"),
        ("parameters that are a text", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":"hello"}""", NoParameters, "7"),
        ("parameters that are a list", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":["list_models"]}""", NoParameters, "7"),
        ("parameters that are a number", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":5}""", NoParameters, "7"),
        ("parameters that are true", """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":true}""", NoParameters, "7"),
        ("metadata that is a text", """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":"x"}}""", NoParameters, "7"),
        (
            "capabilities that are a list",
            """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":[]}}}""",
            NoParameters,
            "7"),
        (
            "a client that is a number",
            """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":5}}}""",
            NoParameters,
            "7"),
        (
            "arguments that are a list",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":[1],#M}}""",
            NoParameters,
            "7"),
        (
            "arguments that are a text",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":"{}",#M}}""",
            NoParameters,
            "7"),
        (
            "arguments that are a number",
            """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"find_assets","arguments":3,#M}}""",
            NoParameters,
            "7"),
        ("a cursor that is an object", """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"cursor":{},#M}}""", NoParameters, "7"),
        (
            "a reference of no kind",
            """{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":{"type":"x"},"argument":{"name":"a","value":"b"},#M}}""",
            NoParameters,
            "7"),
        (
            "a reference that is a text",
            """{"jsonrpc":"2.0","id":7,"method":"completion/complete","params":{"ref":"x","argument":5,#M}}""",
            NoParameters,
            "7"),
        (
            "a prompt's arguments that are a list",
            """{"jsonrpc":"2.0","id":7,"method":"prompts/get","params":{"name":"x","arguments":[],#M}}""",
            NoParameters,
            "7"),
        ("a method that there is not", """{"jsonrpc":"2.0","id":7,"method":"tools/eat","params":{#M}}""", NoMethod, "7"),
    ];

    // What begins a conversation; the lifecycle without conversations does not know it.
    private static readonly (string What, string Body, int Code, string? Id)[] Handshakes =
    [
        (
            "a handshake of version 5",
            """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":5,"capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""",
            NoParameters,
            "7"),
        (
            "a handshake of capabilities 5",
            """{"jsonrpc":"2.0","id":7,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":5,"clientInfo":{"name":"c","version":"1"}}}""",
            NoParameters,
            "7"),
        ("a handshake of nothing", """{"jsonrpc":"2.0","id":7,"method":"initialize"}""", NoParameters, "7"),
    ];

    public static TheoryData<string> Lifecycles => ["2025-11-25", "2026-07-28", "stdio"];

    [Theory]
    [MemberData(nameof(Lifecycles))]
    public async Task Each_is_answered_with_what_is_wrong_and_the_server_goes_on(string lifecycle)
    {
        using var library = new TestLibrary();
        List<string> faults = [];

        if (lifecycle == "stdio")
        {
            await using var server = await StdioServer.StartAsync(library);
            foreach (var (what, body, code, id) in Bodies.Concat(Handshakes).Where(b => b.Body.Trim().Length > 0))
            {
                await server.SendAsync(Bytes(Written(body, isStateless: false)));
                Judge(faults, what, await server.AnswerAsync(), code, id);
            }
            await server.SendAsync("""{"jsonrpc":"2.0","id":"end","method":"tools/list"}"""u8.ToArray());
            Assert.NotNull((await server.AnswerAsync())["result"]?["tools"]);
        }
        else
        {
            await using var server = await HttpServer.StartAsync(library);
            var isStateless = lifecycle == "2026-07-28";
            var session = isStateless
                ? null
                : (await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Response.Headers.GetValues("Mcp-Session-Id").Single();
            foreach (var (what, body, code, id) in isStateless ? Bodies : Bodies.Concat(Handshakes))
            {
                var written = Written(body, isStateless);
                var (status, answer, _) = await server.SendAsync(
                    HttpMethod.Post,
                    "mcp",
                    Bytes(written),
                    Headers(written, isStateless, session));
                Judge(faults, $"{what} ({status})", answer, code, id);
                if (status is >= 500 or 202)
                {
                    faults.Add($"{what}: {status}");
                }
            }
            Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Status);
        }

        Assert.True(Bodies.Length >= 40, $"{Bodies.Length} bodies");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_handshake_of_the_wrong_kind_begins_no_session()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);

        foreach (var parameters in new[]
        {
            "{}",
            """{"protocolVersion":5}""",
            """{"protocolVersion":"2025-11-25","capabilities":[],"clientInfo":{"name":"c","version":"1"}}""",
            """{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":"c"}""",
        })
        {
            var (status, answer, response) = await server.SendAsync(
                HttpMethod.Post,
                "mcp",
                $$"""{"jsonrpc":"2.0","id":7,"method":"initialize","params":{{parameters}}}""");

            Assert.Equal((400, NoParameters), (status, answer?["error"]?["code"]?.GetValue<int>()));
            Assert.False(response.Headers.Contains("Mcp-Session-Id"));
        }
    }

    [Fact]
    public async Task A_message_may_begin_with_a_byte_order_mark_and_hold_any_letter()
    {
        using var library = new TestLibrary();
        await using var server = await StdioServer.StartAsync(library);

        await server.SendAsync([0xEF, 0xBB, 0xBF, .. """{"jsonrpc":"2.0","id":"🧁\ud83e\uddc1\u0000","method":"tools/list"}"""u8]);

        var answer = await server.AnswerAsync();
        Assert.Equal("🧁🧁\0", answer["id"]!.GetValue<string>());
        Assert.NotNull(answer["result"]);
    }

    [Theory]
    [InlineData("ffffffffffffffff")]
    [InlineData("FFFFFFFF")]
    [InlineData("-1")]
    [InlineData("zz")]
    [InlineData("0x10")]
    public async Task A_chunk_of_an_impossible_size_is_told(string size)
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        using var line = new System.Net.Sockets.TcpClient();
        await line.ConnectAsync("127.0.0.1", server.Origin.Port);
        await using var stream = line.GetStream();

        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{server.Origin.Port}\r\nAuthorization: " +
            $"Bearer {server.Token}\r\nAccept: application/json, text/event-stream\r\nContent-Type: " +
            $"application/json\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n{size}\r\n{{}}\r\n0\r\n\r\n"));
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        var answer = await new StreamReader(stream).ReadToEndAsync(patience.Token);

        Assert.True(answer.StartsWith("HTTP/1.1 4", StringComparison.Ordinal), answer);
        Assert.Contains("\"error\"", answer, StringComparison.Ordinal);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Status);
    }

    private static void Judge(List<string> faults, string what, JsonNode? answer, int code, string? id)
    {
        var (gotCode, gotId, words) = (
            answer?["error"]?["code"]?.GetValue<int>(),
            answer?["id"]?.ToJsonString(),
            answer?["error"]?["message"]?.GetValue<string>() ?? "");
        if (gotCode != code || gotId != id || words.Length is < 10 or > 400 || words == "An error occurred.")
        {
            faults.Add($"{what}: {gotCode} for {gotId ?? "null"}, not {code} " +
                $"for {id ?? "null"}: {answer?.ToJsonString()[..Math.Min(400, answer.ToJsonString().Length)] ?? "nothing"}");
        }
    }

    private static string Written(string body, bool isStateless) =>
        isStateless
            ? body.Replace("#M", Meta, StringComparison.Ordinal)
            : body.Replace(",#M", "", StringComparison.Ordinal).Replace("#M", "", StringComparison.Ordinal);

    // Each letter a byte where the body is to be no UTF-8.
    private static byte[] Bytes(string body) =>
        body.Any(c => c is '\u00FF' or '\u00C0') ? Encoding.Latin1.GetBytes(body) : Encoding.UTF8.GetBytes(body);

    // What the body says is said by the headers too, so that nothing else is wrong.
    private static (string, string?)[] Headers(string body, bool isStateless, string? session) => isStateless
        ? [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", After(body, "\"method\":\"")), ("Mcp-Name", After(body, "\"name\":\""))]
        : [("Mcp-Session-Id", session)];

    private static string? After(string body, string begin) =>
        body.Split(begin) is [_, var rest, ..]
            && rest.Split('"')[0] is { Length: < 100 } value
            && value.All(c => c is > ' ' and < '\u007F' and not '\\')
            ? value
            : null;
}
