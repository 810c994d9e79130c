using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Http.Files;
using McpI2V.Http.Transport;
using McpI2V.Http.Transport.Streams;
using McpI2V.Mcp.Messages;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Settings;
using McpI2V.Tools.Arguments;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams.

namespace McpI2V.Tests.Fuzzing;

/// <summary>
/// Whatever comes in, the parsers of the door answer: none throws, and none takes what was altered for what was given out.
/// </summary>
public sealed class ForeignBytesAtTheDoor : IDisposable
{
    private static readonly string[] Messages =
    [
        """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"animate_image","arguments":{"image":"still-1","prompt":"push in \u00e9\ud83d\ude00","camera":{"move":"push_in","strength":0.5},"options":{"a":[1,2,{"b":null}]}},"_meta":{"progressToken":5,"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{}},"io.modelcontextprotocol/clientInfo":{"name":"c","version":"1"}}}}""",
        """{"jsonrpc":"2.0","id":"x","method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{"roots":{"listChanged":true}},"clientInfo":{"name":"c","version":"1"}}}""",
        """{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7,"reason":"x"}}""",
        """{"jsonrpc":"2.0","id":3,"result":{"roots":[{"uri":"file:///a"}]}}""",
        """{"jsonrpc":"2.0","id":3,"error":{"code":-32601,"message":"no","data":{"a":1}}}""",
    ];

    private readonly LibraryOptions library = new() { Home = Directory.CreateTempSubdirectory("i2v-fuzz-").FullName };

    public void Dispose() => Directory.Delete(library.Home, recursive: true);

    [Fact]
    public Task Messages_are_read_or_answered() => FuzzRun.PlayAsync("messages", 3_000, mutate =>
    {
        var text = mutate.Text(mutate.One(Messages));
        Judge(Encoding.UTF8.GetBytes(text));
        Judge(mutate.Bytes(Encoding.UTF8.GetBytes(text)));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Headers_are_judged() => FuzzRun.PlayAsync("headers", 2_000, mutate =>
    {
        var context = new DefaultHttpContext();
        var headers = context.Request.Headers;
        headers["MCP-Protocol-Version"] = mutate.Text("2026-07-28");
        headers["Mcp-Method"] = mutate.Text("tools/call");
        headers["Mcp-Name"] = mutate.Text("=?base64?bGlzdF9tb2RlbHM=?=");
        headers["Mcp-Param-Level"] = mutate.Text("=?base64?NQ==?=");
        headers["Mcp-Param-Region"] = mutate.Text("-5.0e1");
        var schema = JsonElement.Parse(
            """{"type":"object","properties":{"level":{"type":"integer","x-mcp-header":"Level"},"at":{"type":"object","properties":{"region":{"type":"string","x-mcp-header":"Region"}}}}}""");
        var request = (JsonRpcRequest)MessageReader.Read(Encoding.UTF8.GetBytes(Messages[0])).Message!;
        var arguments = (JsonObject)JsonNode.Parse("""{"level":5,"at":{"region":"x"}}""")!;

        foreach (var fault in new[]
        {
            ProtocolHeaders.Fault(context.Request, request),
            ParameterHeaders.Fault(context.Request, schema, arguments),
        })
        {
            Assert.True(fault is null || (fault.Message.Length < 600 && fault.Status is 400), fault?.Message);
        }
        return Task.CompletedTask;
    });

    [Fact]
    public Task Names_of_events_are_found_or_not() => FuzzRun.PlayAsync("event ids", 2_000, async mutate =>
    {
        var streams = new EventStreams(TimeProvider.System);
        var stream = streams.Create("me", new SseEventStreamOptions { SessionId = "s", StreamId = "1" });
        var id = (await stream.WriteEventAsync(default)).EventId!;

        _ = streams.Find(mutate.Text(id));

        Assert.NotNull(streams.Find(id));
    });

    [Fact]
    public Task Altered_links_open_nothing() => FuzzRun.PlayAsync("signed links", 2_000, mutate =>
    {
        var signer = new LinkSigner(
            new HomeDocuments(library),
            new HttpOptions(),
            new ListenPolicy(new Uri("http://127.0.0.1:3920"), true),
            TimeProvider.System);
        var clip = new AssetHandle(MediaKind.Clip, 1);
        var parts = signer.SignPath($"media/{clip}", TimeProvider.System.GetUtcNow().AddHours(1)).Split('?', '&', '=');
        var (path, expires, signature) = ($"media/{clip}", parts[2], parts[4]);
        var (alteredPath, alteredExpires, alteredSignature) = (mutate.Text(path), mutate.Text(expires), mutate.Text(signature));

        Assert.True(signer.IsGood(path, expires, signature));
        Assert.Equal(alteredPath == path, signer.IsGood(alteredPath, expires, signature));
        Assert.Equal(alteredExpires == expires, signer.IsGood(path, alteredExpires, signature));
        Assert.Equal(alteredSignature == signature, signer.IsGood(path, expires, alteredSignature));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Altered_tokens_open_nothing() => FuzzRun.PlayAsync("tokens", 1_000, mutate =>
    {
        var options = new HttpOptions { Tokens = ["i2v_a-token-of-the-fuzzer"] };
        var store = new TokenStore(new HomeDocuments(library), options, TimeProvider.System);
        var presented = mutate.Text("i2v_a-token-of-the-fuzzer");

        Assert.Equal(presented == "i2v_a-token-of-the-fuzzer", store.Find(presented) is not null);
        return Task.CompletedTask;
    });

    [Fact]
    public Task Damaged_token_files_are_told() => FuzzRun.PlayAsync("token files", 500, mutate =>
    {
        var made = new TokenStore(new HomeDocuments(library), new HttpOptions(), TimeProvider.System);
        var file = Path.Combine(library.Home, "http-tokens.json");
        File.Delete(file);
        var token = made.Create("a", [TokenScopes.Use], replacesRevoked: false);
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(mutate.Text(File.ReadAllText(file))));
        try
        {
            new TokenStore(new HomeDocuments(library), new HttpOptions(), TimeProvider.System).Find(token);
        }
        catch (Engine.I2VException e)
        {
            Assert.Equal("http-tokens.json", e.Argument);
        }
        return Task.CompletedTask;
    });

    [Fact]
    public Task Names_of_uploads_are_plain() => FuzzRun.PlayAsync("upload names", 2_000, mutate =>
    {
        var shown = RpcErrors.Shown(mutate.Text("![my](http://a.b) \"photo\" <b>.jpg"));

        Assert.True(
            shown.Length <= 83
                && !shown.Contains('"', StringComparison.Ordinal)
                && !shown.Contains("](", StringComparison.Ordinal)
                && !shown.Any(char.IsControl),
            shown);
        Assert.Equal(shown, ForeignText.Line(shown, 83));
        return Task.CompletedTask;
    });

    [Fact]
    public Task Hosts_are_ours_or_not() => FuzzRun.PlayAsync("hosts", 2_000, mutate =>
    {
        var host = new HostString(mutate.Text("127.0.0.1:3920"));
        if (new ListenPolicy(new Uri("http://127.0.0.1:3920"), true).IsListening(host))
        {
            Assert.Contains(host.Host, new[] { "127.0.0.1", "localhost", "[::1]", "::1" }, StringComparer.OrdinalIgnoreCase);
        }
        return Task.CompletedTask;
    });

    [Fact]
    public Task Arguments_are_read_or_refused() => FuzzRun.PlayAsync("arguments", 2_000, mutate =>
    {
        string[] values =
        [
            "\"text\"",
            "5",
            "-0.5",
            "1e400",
            "true",
            "null",
            "[\"a\",1]",
            "{\"move\":\"push_in\",\"strength\":0.5}",
            "\"[1,2\"",
            "\"{}\"",
        ];
        if (MessageReader.Read(Encoding.UTF8.GetBytes(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"arguments\":{\"a\":" + mutate.Text(mutate.One(values)) +
            "}}}")).Message is not JsonRpcRequest { Params: JsonObject call }
            || call["arguments"] is not JsonObject given)
        {
            return Task.CompletedTask;
        }
        var read = given.ToDictionary(a => a.Key, a => JsonElement.Parse(a.Value?.ToJsonString() ?? "null"));
        foreach (var take in new Action<ArgumentReader>[]
        {
            a => a.Text("a"),
            a => a.Number("a", 0, 10),
            a => a.Whole("a", 0, 10),
            a => a.Flag("a"),
            a => a.Choice<MediaKind>("a"),
            a => a.Texts("a", 5),
            a => a.Items("a", 5),
            a => a.Object("a"),
            a => CameraArgument.Camera("").Read(
                new ArgumentReader(new Dictionary<string, JsonElement> { ["camera"] = a.Raw("a") ?? default })),
            a => a.RequireKnown([CommonArguments.Fresh]),
        })
        {
            try
            {
                take(new ArgumentReader(read));
            }
            catch (Engine.I2VException e)
            {
                Assert.True(e.Message.Length < 2_000, e.Message);
            }
        }
        return Task.CompletedTask;
    });

    // What was let in is read alike by everybody who reads it.
    private static void Judge(byte[] bytes)
    {
        var (message, fault) = MessageReader.Read(bytes);
        Assert.True(message is null != fault is null);
        if (fault is not null)
        {
            Assert.InRange(fault.Words.Length, 10, 400);
            JsonSerializer.Serialize(fault.Answer(), McpJsonUtilities.DefaultOptions);
            return;
        }
        JsonSerializer.Serialize(message, McpJsonUtilities.DefaultOptions);
        _ = (message as JsonRpcRequest)?.Params?.DeepClone().ToJsonString();
    }
}
