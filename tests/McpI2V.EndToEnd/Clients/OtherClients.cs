namespace McpI2V.EndToEnd.Clients;

public sealed class OtherClients
{
    private static string Node => NodeTools.Node;

    private static string NodeFolder => NodeTools.Folder;

    private static string Samples => Path.Combine(Assistant.Root, "samples");

    [Fact]
    public async Task The_official_TypeScript_client_calls_every_tool_and_every_answer_obeys_its_schema()
    {
        using var library = new TestLibrary();

        var (code, output, error) = await Shell.RunAsync(
            Node,
            $"\"{NodeFolder}/every-tool.mjs\" \"{Assistant.ProgramPath}\" \"{Samples}\"",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });

        Assert.True(code == 0, string.Join('\n', output.Split('\n').Where(l => !l.StartsWith("ok", StringComparison.Ordinal))) + error);
    }

    [Fact]
    public async Task The_official_TypeScript_client_does_the_same_over_HTTP()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Inputs__Roots", Samples));

        var (code, output, error) = await Shell.RunAsync(Node,
            $"\"{NodeFolder}/every-tool.mjs\" {server.Origin}mcp \"{Samples}\" {server.Token}");

        Assert.True(code == 0, string.Join('\n', output.Split('\n').Where(l => !l.StartsWith("ok", StringComparison.Ordinal))) + error);
    }

    [Theory]
    [InlineData("2025-06-18")]
    [InlineData("2026-07-28")]
    public async Task The_official_TypeScript_client_holds_the_demos_conversation_over_HTTP(string version)
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);

        var (code, output, error) = await Shell.RunAsync(
            Node,
            $"\"{NodeFolder}/conversation.mjs\" {server.Origin}mcp \"{Samples}\" {server.Token} {version}",
            timeout: TimeSpan.FromMinutes(6));

        Assert.True(code == 0, output + error);
        Assert.Contains("sends bottle.jpg", output, StringComparison.Ordinal);
        Assert.Contains("twelve variants are there", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Inspectors_command_line_holds_the_demos_conversation_over_HTTP()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Inputs__Roots", Samples));

        var (code, output, error) = await Shell.RunAsync(
            Node,
            $"\"{NodeFolder}/inspector-conversation.mjs\" {server.Origin}mcp \"{Samples}\" {server.Token}",
            new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(Node) + ":" + Environment.GetEnvironmentVariable("PATH") },
            TimeSpan.FromMinutes(6));

        Assert.True(code == 0, output + error);
        Assert.Contains("12 succeeded of 12", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_official_tasks_client_finds_its_task_done_after_the_server_was_killed_in_the_middle()
    {
        using var library = new TestLibrary();
        var reference = library.Input("reference.json");
        (string, string)[] settings = [("I2V__Inputs__Roots", Samples), ("I2V__Http__Tokens", "i2v_a-token-for-the-tasks-client")];
        async Task<string> TasksAsync(HttpServer server, string what)
        {
            var (code, output, error) = await Shell.RunAsync(Node,
                $"\"{NodeFolder}/tasks.mjs\" {server.Origin}mcp i2v_a-token-for-the-tasks-client {what}");
            Assert.True(code == 0, output + error);
            return output.Trim();
        }
        await using (var first = await HttpServer.StartAsync(library, "", [.. settings, ("I2V__Jobs__PauseAt", "running")]))
        {
            Assert.Equal("task", await TasksAsync(first, $"begin \"{Samples}/bottle.jpg\" \"{reference}\""));
            await first.KillAsync();
        }

        await using var second = await HttpServer.StartAsync(library, "", settings);

        Assert.Equal("[\"clip-1\"]", await TasksAsync(second, $"resume \"{reference}\""));
    }

    [Fact]
    public async Task A_person_sends_a_file_and_sees_what_was_made_in_a_browser()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        async Task<ToolAnswer> BatchAsync(string image) => ToolAnswer.FromResult(await client.CallToolAsync(
            "batch_variants",
            new Dictionary<string, object?>
            {
                ["images"] = new[] { image },
                ["cameras"] = new[] { "push_in", "pan_left" },
                ["duration_seconds"] = 1,
                ["resolution"] = "480p",
                ["quality"] = "draft",
                ["wait_seconds"] = 60,
            }));
        var upload = (await BatchAsync("C:\\Users\\me\\bottle.jpg")).Structured["error"]!["upload"]!;

        var sent = await Shell.RunAsync(Node, $"\"{NodeFolder}/browser.mjs\" upload \"{upload["url"]}\" \"{Samples}/bottle.jpg\"");
        var made = (await BatchAsync(upload["reference"]!.GetValue<string>())).ShouldSucceed();
        var gallery = made.Text.Split([' ', '\n']).Single(w => w.Contains("/gallery/", StringComparison.Ordinal));
        var seen = await Shell.RunAsync(Node, $"\"{NodeFolder}/browser.mjs\" gallery \"{gallery}\" 2");

        Assert.True(sent.Code == 0, sent.Output + sent.Error);
        Assert.Contains("still-1", sent.Output, StringComparison.Ordinal);
        Assert.True(seen.Code == 0, seen.Output + seen.Error);
        Assert.Equal(2, seen.Output.Split('x').Length - 1);
    }

    [Fact]
    public async Task The_Inspectors_command_line_lists_and_calls_over_HTTP()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Inputs__Roots", Samples));
        var entry = Path.Combine(NodeFolder, "node_modules", ".bin", "mcp-inspector");
        async Task<string> InspectorAsync(string arguments)
        {
            var (code, output, error) = await Shell.RunAsync(
                Node,
                $"\"{entry}\" --cli {server.Origin}mcp --transport http --header \"Authorization: Bearer {server.Token}\" {arguments}",
                new Dictionary<string, string>
                {
                    ["PATH"] = Path.GetDirectoryName(Node) + ":" + Environment.GetEnvironmentVariable("PATH"),
                });
            Assert.True(code == 0, output + error);
            return output;
        }

        Assert.Equal(Assistant.ToolCount, (await InspectorAsync("--method tools/list")).Split("\"inputSchema\"").Length - 1);
        Assert.Contains(
            "clip-1",
            await InspectorAsync($"--method tools/call --tool-name animate_image --tool-arg image={Samples}/bottle.jpg --tool-arg " +
                "duration_seconds=1 --tool-arg resolution=480p"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Inspectors_command_line_lists_and_calls_every_tool()
    {
        using var library = new TestLibrary();
        var still = await InspectAsync(
            library,
            "generate_still",
            $"prompt=warm from=[\"{Samples}/bottle.jpg\"] options={{\"look\":\"warm\"}}");
        Assert.Contains("still-2", still, StringComparison.Ordinal);
        Assert.Contains(
            "clip-1",
            await InspectAsync(library, "animate_image", "image=still-2 duration_seconds=1 resolution=480p quality=draft"),
            StringComparison.Ordinal);
        Assert.Contains(
            "clip-2",
            await InspectAsync(library, "edit_clip", "clip=clip-1 operations=[{\"op\":\"reverse\"}]"),
            StringComparison.Ordinal);
        Assert.Contains(
            "batch-1",
            await InspectAsync(library, "batch_variants",
                "images=[\"still-2\"] cameras=[\"push_in\"] duration_seconds=1 resolution=480p quality=draft"),
            StringComparison.Ordinal);
        Assert.Contains("film", await InspectAsync(library, "assemble_clips", "clips=[\"clip-1\",\"clip-2\"]"), StringComparison.Ordinal);
        Assert.Contains(
            "meta",
            await InspectAsync(library, "export_clip", "clip=clip-1 platforms=[\"meta_feed\"]"),
            StringComparison.Ordinal);
        Assert.Contains("succeeded", await InspectAsync(library, "check_job", "id=job-1"), StringComparison.Ordinal);
        Assert.Contains("job-1", await InspectAsync(library, "cancel_job", "id=job-1"), StringComparison.Ordinal);
        Assert.Contains("clip-1", await InspectAsync(library, "find_assets", "kind=clip"), StringComparison.Ordinal);
        Assert.Contains(
            "bottle",
            await InspectAsync(library, "save_element", "name=bottle images=[\"still-2\"] description=amber"),
            StringComparison.Ordinal);
        Assert.Contains(
            "Starred",
            await InspectAsync(library, "organize_assets", "items=[\"clip-1\"] action=star"),
            StringComparison.Ordinal);
        Assert.Contains("local:camera", await InspectAsync(library, "list_models", ""), StringComparison.Ordinal);
        var list = await RunAsync(library, "--method tools/list");
        Assert.Equal(Assistant.ToolCount, list.Split("\"inputSchema\"").Length - 1);
    }

    private static Task<string> InspectAsync(TestLibrary library, string tool, string arguments)
    {
        var pairs = arguments
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(a => $"--tool-arg \"{a.Replace("\"", "\\\"", StringComparison.Ordinal)}\"");
        return RunAsync(library, $"--method tools/call --tool-name {tool} {string.Join(' ', pairs)}");
    }

    private static async Task<string> RunAsync(TestLibrary library, string arguments)
    {
        var inspector = Path.Combine(NodeFolder, "node_modules", "@modelcontextprotocol", "inspector");
        var entry = Path.Combine(NodeFolder, "node_modules", ".bin", "mcp-inspector");
        Assert.True(Directory.Exists(inspector), "npm ci in tests/node installs the Inspector");
        var (code, output, error) = await Shell.RunAsync(
            Node,
            $"\"{entry}\" --cli -e I2V_HOME={library.Home} -e I2V__Inputs__Roots={Samples} \"{Assistant.ProgramPath}\" serve {arguments}",
            new Dictionary<string, string> { ["PATH"] = Path.GetDirectoryName(Node) + ":" + Environment.GetEnvironmentVariable("PATH") });
        Assert.True(code == 0, output + error);
        return output;
    }
}
