using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Clients;

public sealed class OddValues
{
    // As they stand in JSON: numbers at the ends of every kind, texts that are no text, and shapes that nobody asked for.
    private static readonly string[] Values =
    [
        "1e308", "-1e308", "1e400", "-0.0", "-0", "5e-324", "0.30000000000000004", "9223372036854775807", "-9223372036854775808",
            "18446744073709551616", "2147483648", "-1",
        "\"NaN\"", "\"Infinity\"", "\"1e308\"", "\"\\u0000\"", "\"a\\u0000b.jpg\"", "\"/\\u0000\"", "\"\"", "\" \"", "\"%s%n\"",
            "\"../../..\"", "\"~/\"", "\"file:///\\u0000\"",
        "\"https://\\u0000\"", "\"https://[\"", "\"https://a:99999/\"", "\"data:image/png;base64,\"", "\"data:,\"", "\"upload:\"",
            "\"still-99999999999\"", "\"i2v://assets/\"", "\"//\"", "\"\\\\\\\\\"",
        "true", "[]", "{}", "[null]", "[[]]", "[{}]", "[\"\\u0000\"]", "[1e308]", "{\"move\":\"push_in\",\"strength\":1e308}",
            "{\"a\":1,\"a\":2}",
        Nested(60), "\"" + new string('a', 100_000) + "\"", "\"" + new string('/', 5_000) + "\"",
    ];

    private static readonly Dictionary<string, string> Calls = new()
    {
        ["generate_still"] = """{"prompt":"x","dry_run":true,"wait_seconds":0}""",
        ["animate_image"] = """{"image":"still-1","dry_run":true,"wait_seconds":0}""",
        ["edit_clip"] = """{"clip":"clip-1","operations":[{"op":"mute"}],"dry_run":true,"wait_seconds":0}""",
        ["batch_variants"] = """{"images":["still-1"],"dry_run":true,"wait_seconds":0}""",
        ["assemble_clips"] = """{"clips":["clip-1","clip-1"],"dry_run":true,"wait_seconds":0}""",
        ["export_clip"] = """{"clip":"clip-1","platforms":["tiktok"],"dry_run":true,"wait_seconds":0}""",
        ["generate_audio"] = """{"kind":"voice","text":"x","dry_run":true,"wait_seconds":0}""",
        ["check_job"] = """{"id":"job-1"}""",
        ["cancel_job"] = """{"id":"job-99"}""",
        ["find_assets"] = "{}",
        ["organize_assets"] = """{"items":["still-1"],"action":"star"}""",
        ["save_element"] = """{"name":"cup","images":["still-1"],"description":"a cup"}""",
        ["list_models"] = "{}",
    };

    [Fact]
    public async Task No_value_of_any_argument_of_any_tool_is_a_surprise()
    {
        using var library = new TestLibrary();
        await using var server = await StartAsync(library);
        var tools = (await server.AskAsync("tools/list", "{}"))["result"]!["tools"]!.AsArray();
        Assert.Equal(Calls.Keys.Order(), tools.Select(t => t!["name"]!.GetValue<string>()).Order());
        List<string> surprises = [];

        foreach (var tool in tools)
        {
            var name = tool!["name"]!.GetValue<string>();
            foreach (var argument in tool["inputSchema"]!["properties"]!.AsObject().Select(p => p.Key))
            {
                await TryAllAsync(server, name, $"{name}.{argument}", value => With(Calls[name], argument, value), surprises);
            }
        }

        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    [Fact]
    public async Task No_value_of_any_member_of_an_operation_is_a_surprise()
    {
        using var library = new TestLibrary();
        await using var server = await StartAsync(library);
        var schema = (await server.AskAsync("resources/read", """{"uri":"i2v://operations"}"""))["result"]!["contents"]![0]!["text"]!;
        var operations = JsonNode.Parse(schema.GetValue<string>())!["oneOf"]!.AsArray();
        List<string> surprises = [];

        foreach (var members in operations.Select(o => o!["properties"]!.AsObject()))
        {
            var op = members["op"]!["const"]!.GetValue<string>();
            foreach (var member in members.Select(m => m.Key).Where(m => m != "op"))
            {
                await TryAllAsync(
                    server,
                    "edit_clip",
                    $"{op}.{member}",
                    value => With(Calls["edit_clip"], "operations", $"[{{\"op\":\"{op}\",\"{member}\":{value}}}]"),
                    surprises);
            }
        }

        Assert.True(surprises.Count == 0, string.Join('\n', surprises));
    }

    private static async Task<RawLines> StartAsync(TestLibrary library)
    {
        var (still, clip) = (await TestMedia.StillAsync(library, width: 64, height: 64), await TestMedia.ClipAsync(
            library,
            seconds: 1,
            size: "64x64"));
        var server = await RawLines.StartAsync(library);
        await server.AskAsync(
            "tools/call",
            $$"""{"name":"save_element","arguments":{"name":"cup","images":["{{still}}"],"description":"a cup"} }""");
        await server.AskAsync("tools/call", $$"""{"name":"edit_clip","arguments":{"clip":"{{clip}}","operations":[{"op":"mute"}]} }""");
        return server;
    }

    private static async Task TryAllAsync(RawLines server, string tool, string what, Func<string, string> call, List<string> surprises)
    {
        foreach (var value in Values)
        {
            var answer = await server.AskAsync("tools/call", $$"""{"name":"{{tool}}","arguments":{{call(value)}}}""");
            var text = answer["error"]?["message"]?.GetValue<string>()
                ?? string.Join('\n', answer["result"]!["content"]!.AsArray().Select(c => c!["text"]?.GetValue<string>()));
            var isError = answer["result"]?["isError"]?.GetValue<bool>() == true;
            if (text.Contains("unexpectedly", StringComparison.Ordinal)
                || text.Contains("An error occurred", StringComparison.Ordinal)
                || (isError && answer["result"]!["structuredContent"]!["error"]!["code"] is null))
            {
                surprises.Add($"{what} = {(value.Length > 60 ? value[..60] + "..." : value)}: {text}");
            }
            else if (text.Length > 20_000)
            {
                surprises.Add($"{what} = {value[..Math.Min(60, value.Length)]}: the answer has {text.Length} characters");
            }
        }
    }

    // Put together as text: doubled names are to arrive as they are.
    private static string With(string call, string argument, string value)
    {
        var members = JsonNode.Parse(call)!
            .AsObject()
            .Where(m => m.Key != argument)
            .Select(m => $"{JsonSerializer.Serialize(m.Key)}:{m.Value!.ToJsonString()}");
        return "{" + string.Join(',', members.Append($"{JsonSerializer.Serialize(argument)}:{value}")) + "}";
    }

    private static string Nested(int depth) =>
        new StringBuilder().Insert(0, "[", depth).Append('1').Insert(depth + 1, "]", depth).ToString();
}
