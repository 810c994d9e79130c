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

    private static Task<(int Code, string Output, string Error)> RunAsync(TestLibrary home, string arguments) =>
        Shell.RunAsync(
            Assistant.ProgramPath,
            arguments,
            new Dictionary<string, string> { ["HOME"] = home.Inputs, ["XDG_CONFIG_HOME"] = Path.Combine(home.Inputs, ".config") });
}
