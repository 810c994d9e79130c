using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Clients;

public sealed class InstallingAClient
{
    [Theory]
    [InlineData("claude-desktop", ".config/Claude/claude_desktop_config.json", "mcpServers")]
    [InlineData("claude-code", ".claude.json", "mcpServers")]
    [InlineData("cursor", ".cursor/mcp.json", "mcpServers")]
    [InlineData("vscode", ".config/Code/User/mcp.json", "servers")]
    public async Task The_entry_is_added_and_what_stood_there_stays(string client, string file, string section)
    {
        using var home = new TestLibrary();
        var path = Path.Combine(home.Inputs, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, $$"""{ "theme": "dark", "{{section}}": { "other": { "command": "x" } } }""");

        var (code, output, error) = await RunAsync(home, $"install {client}");

        Assert.True(code == 0, output + error);
        var config = JsonNode.Parse(await File.ReadAllTextAsync(path))!;
        Assert.Equal("dark", config["theme"]!.GetValue<string>());
        Assert.Equal("x", config[section]!["other"]!["command"]!.GetValue<string>());
        var entry = config[section]!["mcp-i2v"]!;
        Assert.True(File.Exists(entry["command"]!.GetValue<string>()), "the command is there");
        Assert.Equal("serve", entry["args"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task Another_entry_is_not_overwritten_without_a_yes()
    {
        using var home = new TestLibrary();
        var path = Path.Combine(home.Inputs, ".cursor", "mcp.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, """{ "mcpServers": { "mcp-i2v": { "command": "mine" } } }""");

        Assert.Equal(1, (await RunAsync(home, "install cursor")).Code);
        Assert.Contains("mine", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync(home, "install cursor --yes")).Code);
        Assert.DoesNotContain("mine", await File.ReadAllTextAsync(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_config_that_is_no_JSON_is_left_alone_and_print_only_prints()
    {
        using var home = new TestLibrary();
        var path = Path.Combine(home.Inputs, ".claude.json");
        await File.WriteAllTextAsync(path, "{ broken");

        Assert.Equal(1, (await RunAsync(home, "install claude-code")).Code);
        Assert.Equal("{ broken", await File.ReadAllTextAsync(path));
        var printed = await RunAsync(home, "install claude-code --print");
        Assert.Equal("serve", JsonNode.Parse(printed.Output)!["mcpServers"]!["mcp-i2v"]!["args"]![0]!.GetValue<string>());
        Assert.Equal(1, (await RunAsync(home, "install netscape")).Code);
    }

    [Fact]
    public async Task A_client_starts_the_build_that_starts_soonest_while_it_is_of_these_sources()
    {
        using var home = new TestLibrary();
        var root = home.Inputs;
        File.Copy(Path.Combine(Assistant.Root, "i2v"), Path.Combine(root, "i2v"));
        await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(root, "src")).FullName, "Program.cs"), "");
        foreach (var build in new[] { "program", "composite" })
        {
            var program = Path.Combine(Directory.CreateDirectory(Path.Combine(root, ".build", build)).FullName, "mcp-i2v");
            await File.WriteAllTextAsync(program, $"#!/bin/sh\necho {build} \"$@\"\n");
            await Shell.RunAsync("chmod", $"+x \"{program}\"");
        }
        await File.WriteAllTextAsync(Path.Combine(root, ".build", "sdk"), "/bin/sh");
        await File.WriteAllTextAsync(Path.Combine(root, ".build", "composite-stamp"), "");
        await File.WriteAllTextAsync(Path.Combine(root, ".build", "stamp"), "");

        Assert.Equal("composite serve --http\n", await AnswerOfAsync("serve --http"));
        Assert.Equal("program doctor\n", await AnswerOfAsync("doctor"));
        File.SetLastWriteTimeUtc(Path.Combine(root, ".build", "composite-stamp"), DateTime.UtcNow.AddHours(-1));
        Assert.Equal("program serve\n", await AnswerOfAsync("serve"));

        async Task<string> AnswerOfAsync(string arguments) =>
            (await Shell.RunAsync(Path.Combine(root, "i2v"), arguments, new Dictionary<string, string>())).Output;
    }

    private static Task<(int Code, string Output, string Error)> RunAsync(TestLibrary home, string arguments) =>
        Shell.RunAsync(
            Assistant.ProgramPath,
            arguments,
            new Dictionary<string, string> { ["HOME"] = home.Inputs, ["XDG_CONFIG_HOME"] = Path.Combine(home.Inputs, ".config") });
}
